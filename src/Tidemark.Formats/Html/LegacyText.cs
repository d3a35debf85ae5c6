using System.Text;

namespace Tidemark.Formats;

/// <summary>Decodes the encodings of old pages; what is not of one becomes U+FFFD.</summary>
internal static class LegacyText
{
    private const char Replacement = '\uFFFD';

    public static string Decode(int codePage, ReadOnlySpan<byte> content)
    {
        if (codePage == CharsetLabels.Utf8)
        {
            return Encoding.UTF8.GetString(content);
        }

        if (LatinTables.Of(codePage) is { } table)
        {
            return LatinTables.Decode(table, content);
        }

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));
        return WithoutPrivateUse(encoding.GetString(content));
    }

    /// <summary>Where a table has a hole, the platform gives a character that nobody has agreed upon.</summary>
    private static string WithoutPrivateUse(string text) => text.AsSpan().ContainsAnyInRange('\uE000', '\uF8FF')
        ? string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = source[i] is >= '\uE000' and <= '\uF8FF' ? Replacement : source[i];
            }
        })
        : text;
}
