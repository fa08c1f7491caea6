"""What tests of signing in share: the requests, and an application's side of the Secure Remote Password protocol."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from contextlib import contextmanager

import pytest

from pytest_cognito_pool import UnreportedError, UnsupportedOperationError

PASSWORD = "Passw0rd!"
FLOWS = {"USER_PASSWORD_AUTH": False, "ADMIN_USER_PASSWORD_AUTH": True, "ADMIN_NO_SRP_AUTH": True}
# RFC 5054, 3072 bits: 2^3072 - 2^3008 - 1 + 2^64 (floor(2^2942 pi) + 1690314), as a client library has it.
N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
    "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D"
    "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D"
    "B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
TIMESTAMP = "Tue May 6 00:09:40 UTC 2025"


def claims(token):
    """The claims of a token, in their order."""
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(f"{part}==="))


@pytest.fixture
def ana(cognito_pool):
    return cognito_pool.add_user("ana")


@pytest.fixture
def unsupported(cognito):
    """Assert that the block raises UnsupportedOperationError."""

    @contextmanager
    def check(case):
        with pytest.raises(UnsupportedOperationError) as caught:
            yield
        assert f"{caught.value.operation} with {caught.value.detail}" == case
        with pytest.raises(UnreportedError):
            cognito.check()

    return check


@pytest.fixture
def initiate(cognito_pool, cognito_idp):
    """Begin a flow, as an administrator if it is a flow of administrators."""

    def initiate(flow, client=None, *, by_admin=None, metadata=None, **parameters):
        given = {"ClientId": (client or cognito_pool.client).id, "AuthFlow": flow, "AuthParameters": parameters}
        if metadata is not None:
            given["ClientMetadata"] = metadata
        if FLOWS.get(flow, False) if by_admin is None else by_admin:
            return cognito_idp.admin_initiate_auth(UserPoolId=cognito_pool.id, **given)
        return cognito_idp.initiate_auth(**given)

    return initiate


@pytest.fixture
def sign_in(initiate):
    """Sign in with a password."""

    def sign_in(username="ana", password=PASSWORD, flow="USER_PASSWORD_AUTH", client=None, **given):
        return initiate(flow, client, USERNAME=username, PASSWORD=password, **given)

    return sign_in


@pytest.fixture
def respond(cognito_pool, cognito_idp):
    """Answer a challenge."""

    def respond(name, session=None, client=None, *, by_admin=False, metadata=None, **answers):
        given = {"ClientId": (client or cognito_pool.client).id, "ChallengeName": name, "ChallengeResponses": answers}
        given |= {"Session": session} if session else {}
        given |= {"ClientMetadata": metadata} if metadata else {}
        if by_admin:
            return cognito_idp.admin_respond_to_auth_challenge(UserPoolId=cognito_pool.id, **given)
        return cognito_idp.respond_to_auth_challenge(**given)

    return respond


def _bytes(number):
    """An integer as hexadecimal digits that Java reads as positive."""
    digits = f"{number:x}"
    digits = f"0{digits}" if len(digits) % 2 else digits
    return bytes.fromhex(f"00{digits}" if digits[0] in "89abcdef" else digits)


def _number(*parts):
    return int(hashlib.sha256(b"".join(parts)).hexdigest(), 16)


class Srp:
    """The application's side of one sign-in."""

    secret = int(hashlib.sha512(b"client").hexdigest(), 16)
    public = pow(2, secret, N)

    def __init__(self, pool_id, password):
        self.pool = pool_id.split("_")[1]
        self.password = password

    @property
    def srp_a(self):
        return f"{self.public:x}"

    def answers(self, challenge, timestamp=TIMESTAMP, **changed):
        """The ChallengeResponses to a PASSWORD_VERIFIER challenge."""
        given = challenge["ChallengeParameters"] | changed
        user, b_public = given["USER_ID_FOR_SRP"], int(given["SRP_B"], 16)
        u = _number(_bytes(self.public), _bytes(b_public))
        inner = hashlib.sha256(f"{self.pool}{user}:{self.password}".encode()).digest()
        x = _number(_bytes(int(given["SALT"], 16)), inner)
        k = _number(_bytes(N), _bytes(2))
        s = pow(b_public - k * pow(2, x, N), self.secret + u * x, N)
        pseudo_random = hmac.digest(_bytes(u), _bytes(s), "sha256")
        key = hmac.digest(pseudo_random, b"Caldera Derived Key\x01", "sha256")[:16]
        message = f"{self.pool}{user}".encode() + base64.b64decode(given["SECRET_BLOCK"]) + timestamp.encode()
        return {
            "USERNAME": given["USERNAME"],
            "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(hmac.digest(key, message, "sha256")).decode(),
            "PASSWORD_CLAIM_SECRET_BLOCK": given["SECRET_BLOCK"],
            "TIMESTAMP": timestamp,
        }


@pytest.fixture
def srp(cognito_pool):
    """An application that knows the password."""

    def srp(password=PASSWORD):
        return Srp(cognito_pool.id, password)

    return srp
