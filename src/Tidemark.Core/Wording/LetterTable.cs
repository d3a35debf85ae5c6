using System.Globalization;

namespace Tidemark.Wording;

/// <summary>
/// What <c>letters.txt</c> says, which <c>eng/letters</c> makes from the Unicode Character Database: a process without ICU can
/// neither compose nor decompose. Read when the first character beyond ASCII comes.
/// </summary>
internal sealed class LetterTable
{
    private readonly Dictionary<int, (int Value, bool IsSequence)> _folds = new(8 * 1024);
    private readonly HashSet<int> _marks = [];
    private readonly HashSet<int> _unseen = [];
    private readonly List<int> _sequences = [];

    private LetterTable()
    {
    }

    public static LetterTable Instance { get; } = Read();

    /// <summary>Foldings to several characters: how many, then those.</summary>
    public IReadOnlyList<int> Sequences => _sequences;

    public bool IsMark(int character) => _marks.Contains(character);

    public bool IsUnseen(int character) => _unseen.Contains(character);

    public bool TryFold(int character, out (int Value, bool IsSequence) folded) => _folds.TryGetValue(character, out folded);

    private static LetterTable Read()
    {
        var table = new LetterTable();
        using var stream = typeof(LetterTable).Assembly.GetManifestResourceStream("letters.txt")
            ?? throw new InvalidOperationException("The table of letters is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            table.Take(line);
        }

        return table;
    }

    /// <param name="line">A letter for the list, a character or a range of them, and what the first is folded to.</param>
    private void Take(ReadOnlySpan<char> line)
    {
        var rest = line[1..].TrimStart();
        var end = rest.IndexOf(' ');
        var range = end < 0 ? rest : rest[..end];
        var dash = range.IndexOf('-');
        if (line[0] == '#')
        {
            return;
        }

        var first = Number(dash < 0 ? range : range[..dash]);
        var last = dash < 0 ? first : Number(range[(dash + 1)..]);
        switch (line[0])
        {
            case 'F':
                Fold(first, last, rest[(end + 1)..]);
                break;
            case var list:
                (list == 'M' ? _marks : _unseen).UnionWith(Enumerable.Range(first, last - first + 1));
                break;
        }
    }

    private void Fold(int first, int last, ReadOnlySpan<char> to)
    {
        if (!to.Contains(' '))
        {
            var target = Number(to);
            for (var character = first; character <= last; character++)
            {
                _folds[character] = (target + character - first, false);
            }

            return;
        }

        _folds[first] = (_sequences.Count, true);
        var start = _sequences.Count;
        _sequences.Add(0);
        foreach (var part in to.Split(' '))
        {
            _sequences.Add(Number(to[part]));
        }

        _sequences[start] = _sequences.Count - start - 1;
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
