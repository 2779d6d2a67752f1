using System.Security.Cryptography;
using System.Text;
using CleverTap.Rudder.AspNetCore;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>Secrets that a sender must know one of. The time of a comparison says nothing about them.</summary>
internal sealed class SecretSet(IEnumerable<string> secrets)
{
    private readonly byte[][] hashes = [.. secrets.Select(Hash)];

    /// <summary>Compares hashes, which are all of one length, and with every secret, whether one has matched or not.</summary>
    public bool Contains(string given)
    {
        byte[] hash = Hash(given);
        bool isKnown = false;
        foreach (byte[] secret in hashes)
        {
            isKnown |= CryptographicOperations.FixedTimeEquals(hash, secret);
        }

        return isKnown;
    }

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
