namespace Tidemark.OpenAI;

/// <summary>
/// Some servers write what is no number as <c>NaN</c> or <c>Infinity</c>, which is not JSON. One such vector must not make
/// the others of its answer be paid for again.
/// </summary>
internal static class BareNumbers
{
    public static bool AreIn(ReadOnlySpan<byte> json) => Next(json) >= 0;

    /// <summary>The same with a JSON null for each.</summary>
    public static byte[] Replace(ReadOnlySpan<byte> json)
    {
        var replaced = new List<byte>(json.Length);
        while (Next(json) is var at and >= 0)
        {
            var isNegative = at > 0 && json[at - 1] == '-';
            replaced.AddRange(json[..(isNegative ? at - 1 : at)]);
            replaced.AddRange("null"u8);
            json = json[(at + Length(json[at..]))..];
        }

        replaced.AddRange(json);
        return [.. replaced];
    }

    /// <summary>Vectors and numbers hold no strings but base64, which has no colon or comma before such a word.</summary>
    private static int Next(ReadOnlySpan<byte> json)
    {
        for (var from = 0; from < json.Length;)
        {
            var at = json[from..].IndexOfAny((byte)'N', (byte)'I');
            if (at < 0)
            {
                return -1;
            }

            at += from;
            if (Length(json[at..]) > 0 && IsValueStart(json, at))
            {
                return at;
            }

            from = at + 1;
        }

        return -1;
    }

    private static int Length(ReadOnlySpan<byte> json) =>
        json.StartsWith("NaN"u8) ? 3 : json.StartsWith("Infinity"u8) ? 8 : 0;

    private static bool IsValueStart(ReadOnlySpan<byte> json, int at)
    {
        at--;
        if (at >= 0 && json[at] == '-')
        {
            at--;
        }

        while (at >= 0 && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at--;
        }

        return at >= 0 && json[at] is (byte)'[' or (byte)',' or (byte)':';
    }
}
