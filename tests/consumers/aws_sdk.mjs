// Makes calls with the AWS SDK, and prints what each came to.
import * as sdk from "@aws-sdk/client-cognito-identity-provider";

const client = new sdk.CognitoIdentityProviderClient();
const outcomes = [];
for (const [operation, input] of JSON.parse(process.argv[2])) {
  try {
    const { $metadata, ...output } = await client.send(new sdk[`${operation}Command`](input));
    outcomes.push(output);
  } catch (error) {
    outcomes.push({ error: error.name, message: error.message, isOfItsClass: error instanceof sdk[error.name] });
  }
}
console.log(JSON.stringify(outcomes));
