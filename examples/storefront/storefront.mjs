// A shop's front end, as a browser would run it: it signs a customer up and in with fetch alone.

const endpoint = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER
  ?? `https://cognito-idp.${process.env.AWS_REGION}.amazonaws.com`;
const clientId = process.env.SHOP_CLIENT_ID;

async function cognito(operation, parameters) {
  const reply = await fetch(endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: clientId, ...parameters }),
  });
  const text = await reply.text();
  const answer = text ? JSON.parse(text) : {};
  if (!reply.ok) throw new Error(`${answer.__type}: ${answer.message}`);
  return answer;
}

const commands = {
  signUp: (Username, Password) =>
    cognito("SignUp", { Username, Password, UserAttributes: [{ Name: "email", Value: Username }] }),
  confirm: (Username, ConfirmationCode) => cognito("ConfirmSignUp", { Username, ConfirmationCode }),
  signIn: async (USERNAME, PASSWORD) => {
    const AuthParameters = { USERNAME, PASSWORD };
    const answer = await cognito("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
    return answer.AuthenticationResult;
  },
};

const [command, ...values] = process.argv.slice(2);
try {
  console.log(JSON.stringify(await commands[command](...values)));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
