using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Sources;

/// <summary>The id of a document that has none: the same text in one source is one document.</summary>
internal static class ContentId
{
    /// <returns>The SHA-256 over source id, a zero byte, and text, in lower-case hexadecimal digits.</returns>
    public static string Of(string sourceId, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(sourceId));
        hash.AppendData([0]);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
