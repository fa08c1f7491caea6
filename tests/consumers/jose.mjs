// Verifies tokens with jose, by the keys at the URL that it is given or that the issuer names.
import { createRemoteJWKSet, jwtVerify } from "jose";

const { issuer, jwksUri, clientId, idToken, wrongToken } = JSON.parse(process.argv[2]);
const discovered = async () => (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()).jwks_uri;
const keys = createRemoteJWKSet(new URL(jwksUri ?? (await discovered())));
const { payload } = await jwtVerify(idToken, keys, { issuer, audience: clientId });
const wrong = await jwtVerify(wrongToken, keys, { issuer }).then(() => null, (error) => error.code);
console.log(JSON.stringify({ payload, wrong }));
