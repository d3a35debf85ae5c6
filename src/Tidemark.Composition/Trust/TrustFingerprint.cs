using System.Security.Cryptography;
using System.Text;
using Tidemark.Composition.Configuration;

namespace Tidemark.Composition.Trust;

/// <summary>Stands for what a file reaches for, and for nothing else of it: other settings may change without a question.</summary>
internal static class TrustFingerprint
{
    public static string Of(IEnumerable<ReachingSetting> settings)
    {
        var text = new StringBuilder();
        foreach (var setting in settings)
        {
            text.Append(setting.Name.Length).Append(':').Append(setting.Name);
            text.Append(setting.Exact.Length).Append(':').Append(setting.Exact);
        }

        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
