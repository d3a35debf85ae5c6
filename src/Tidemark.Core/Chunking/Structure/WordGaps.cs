using System.Buffers;

namespace Tidemark.Chunking.Structure;

/// <summary>
/// The stretches without a letter or digit of one text. Long ones are kept: a line of a million pipes and dashes has boundaries all
/// over it, and each of them asks for the next word.
/// </summary>
internal sealed class WordGaps
{
    private const int ShortestKept = 64;

    private static readonly SearchValues<char> Insignificant =
        SearchValues.Create([.. Enumerable.Range(0, 128).Select(c => (char)c).Where(c => !char.IsAsciiLetterOrDigit(c))]);

    /// <summary>By their ends, ascending.</summary>
    private readonly List<Gap> _kept = [];

    public static bool IsSignificant(char c) => c >= 128 || char.IsAsciiLetterOrDigit(c);

    /// <summary>The gap that <paramref name="position"/> lies in.</summary>
    public Gap At(string text, int position)
    {
        var index = FirstBehind(position);
        if (index < _kept.Count && _kept[index].Start <= position)
        {
            return _kept[index];
        }

        var rest = text.AsSpan(position);
        var length = rest.IndexOfAnyExcept(Insignificant);
        length = length < 0 ? rest.Length : length;
        var lineEnd = rest[..length].LastIndexOf('\n');
        var gap = new Gap(position, position + length, lineEnd < 0 ? -1 : position + lineEnd);
        if (length >= ShortestKept)
        {
            Keep(index, gap);
        }

        return gap;
    }

    public void Clear() => _kept.Clear();

    /// <summary>One that was met in its middle before is known from further back now.</summary>
    private void Keep(int index, Gap gap)
    {
        if (index < _kept.Count && _kept[index].End == gap.End)
        {
            _kept[index] = gap;
        }
        else
        {
            _kept.Insert(index, gap);
        }
    }

    private int FirstBehind(int position)
    {
        var (from, to) = (0, _kept.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _kept[middle].End > position ? (from, middle) : (middle + 1, to);
        }

        return from;
    }

    /// <param name="Start">As far back as it is known.</param>
    /// <param name="LastLineEnd">-1: there is none in it.</param>
    public readonly record struct Gap(int Start, int End, int LastLineEnd);
}
