// Verifies tokens with aws-jwt-verify: by keys that it fetches, and as those of a user pool, by keys that it is given.
import { CognitoJwtVerifier, JwtVerifier } from "aws-jwt-verify";

const { issuer, jwksUri, poolId, clientId, idToken, accessToken, wrongToken, jwks } = JSON.parse(process.argv[2]);
const fetching = JwtVerifier.create({ issuer, audience: clientId, jwksUri });
const ofPool = CognitoJwtVerifier.create({ userPoolId: poolId, clientId, tokenUse: "access" });
ofPool.cacheJwks(jwks);
const refused = (verification) => verification.then(() => null, (error) => error.constructor.name);
console.log(
  JSON.stringify({
    id: await fetching.verify(idToken),
    access: await ofPool.verify(accessToken),
    wrong: await refused(fetching.verify(wrongToken)),
    otherUse: await refused(ofPool.verify(idToken)),
  }),
);
