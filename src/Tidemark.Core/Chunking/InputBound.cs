using System.Globalization;
using System.Text;

namespace Tidemark.Chunking;

/// <summary>The bound that no chunk may pass: what the embedding model takes, in bytes of UTF-8, in tokens, or both.</summary>
internal sealed class InputBound(int maxBytes, TokenLimit? limit)
{
    /// <summary>UTF-8 needs at most three bytes for one UTF-16 code unit, an unpaired surrogate included.</summary>
    public const int BytesPerUnit = 3;

    /// <summary>Code units that a token of prose surely has on average: what a bound in tokens leaves to aim at.</summary>
    private const double UnitsPerToken = 2.5;

    /// <summary>The size to aim at is no larger, in code units.</summary>
    public int Room => Math.Min(maxBytes / BytesPerUnit, limit is null ? int.MaxValue : (int)Math.Min(int.MaxValue, limit.Tokens * UnitsPerToken));

    public static bool HoldsBytes(ReadOnlySpan<char> text, int maxBytes) =>
        text.Length <= maxBytes / BytesPerUnit
        || (text.Length <= maxBytes && Encoding.UTF8.GetByteCount(text) <= maxBytes);

    public bool Holds(ReadOnlySpan<char> text) => HoldsBytes(text, maxBytes) && (limit is null || limit.Holds(text));

    /// <summary>As it stands in a chunker's fingerprint; empty where it holds for any chunk.</summary>
    /// <param name="mostUnits">The most code units that a chunk has without a bound.</param>
    public string Suffix(int mostUnits) =>
        (maxBytes / BytesPerUnit >= mostUnits ? "" : string.Create(CultureInfo.InvariantCulture, $";bytes={maxBytes}"))
        + (limit is null || limit.SureBytes / BytesPerUnit >= mostUnits
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $";tokens={limit.Tokens};by={limit.Counter.Name}"));

    /// <summary>
    /// Cuts <paramref name="text"/> into pieces of about equal size within the bound, at a line end or space where
    /// there is one, and never inside a surrogate pair.
    /// </summary>
    /// <param name="start">Where the text stands in its document; the ends are counted from there.</param>
    /// <param name="ends">Receives the end of every piece, ascending.</param>
    public void Cut(ReadOnlySpan<char> text, int start, List<int> ends)
    {
        if (limit is null)
        {
            ByteCut.Cut(text, start, maxBytes, ends);
            return;
        }

        if (text.Length == 0 || Holds(text) || TextHalves.MiddleOf(text) is not (> 0 and var middle))
        {
            ends.Add(start + text.Length);
            return;
        }

        Cut(text[..middle], start, ends);
        Cut(text[middle..], start + middle, ends);
    }
}
