using System.Security.Cryptography;
using System.Text;

namespace CleverTap.Rudder.Internal.AspNetCore.Endpoints;

/// <summary>Secrets of which a sender must know one. The comparison takes constant time.</summary>
internal sealed class SecretSet(IEnumerable<string> secrets)
{
    private readonly byte[][] hashes = [.. secrets.Select(Hash)];

    /// <summary>Compares the hashes, which have equal lengths, with every secret, even after a match.</summary>
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
