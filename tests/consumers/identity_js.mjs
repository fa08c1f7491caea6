// Does one thing with amazon-cognito-identity-js, and prints what it came to.
import cognito from "amazon-cognito-identity-js";

const { step, endpoint, poolId, clientId, username, password, code } = JSON.parse(process.argv[2]);
const { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } = cognito;
const pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint });
const user = new CognitoUser({ Username: username, Pool: pool });
const done = (call) =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));
const email = new CognitoUserAttribute({ Name: "email", Value: `${username}@example.com` });

const steps = {
  signUp: async () => (await done((callback) => pool.signUp(username, password, [email], null, callback))).userConfirmed,
  confirm: () => done((callback) => user.confirmRegistration(code, false, callback)),
  signIn: async () => {
    const details = new AuthenticationDetails({ Username: username, Password: password });
    const session = await new Promise((onSuccess, onFailure) =>
      user.authenticateUser(details, { onSuccess, onFailure }),
    );
    const attributes = await done((callback) => user.getUserAttributes(callback));
    const renewed = await done((callback) => user.refreshSession(session.getRefreshToken(), callback));
    return {
      idToken: session.getIdToken().getJwtToken(),
      accessToken: renewed.getAccessToken().getJwtToken(),
      attributes: Object.fromEntries(attributes.map((attribute) => [attribute.getName(), attribute.getValue()])),
    };
  },
};
try {
  console.log(JSON.stringify(await steps[step]()));
} catch (error) {
  console.log(JSON.stringify({ error: error.code, message: error.message }));
}
