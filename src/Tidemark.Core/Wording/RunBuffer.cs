using System.Text;

namespace Tidemark.Wording;

/// <summary>The last two characters of a run, each with what belongs to it, side by side.</summary>
internal ref struct RunBuffer(Span<byte> room)
{
    /// <summary>Bytes that it is given.</summary>
    public const int Room = 2 * Most;

    /// <summary>Bytes of a character and its signs; more signs than that are nonsense.</summary>
    private const int Most = 64;

    private readonly Span<byte> _room = room;
    private int _start;
    private int _end;
    private int _lastCharacter;
    private int _lastLength;

    public int Count { get; private set; }

    public bool IsIdeograph { get; private set; }

    public bool IsFormerIdeograph { get; private set; }

    public readonly ReadOnlySpan<byte> Pair => _room[.._end];

    public readonly ReadOnlySpan<byte> Former => _room[.._start];

    public readonly ReadOnlySpan<byte> Last => _room[_start.._end];

    public void Clear() => (_start, _end, Count) = (0, 0, 0);

    /// <summary>The last character becomes the former one.</summary>
    public void Begin(Letter letter, bool isIdeograph)
    {
        Last.CopyTo(_room);
        _end -= _start;
        _start = _end;
        Count++;
        (IsFormerIdeograph, IsIdeograph) = (IsIdeograph, isIdeograph);
        Append(letter);
    }

    public void Extend(Letter letter)
    {
        if (!letter.IsSequence && Scripts.Compose(_lastCharacter, letter.Value) is var composed and not 0)
        {
            _end -= _lastLength;
            Append(composed);
            return;
        }

        Append(letter);
    }

    private void Append(Letter letter)
    {
        if (!letter.IsSequence)
        {
            Append(letter.Value);
            return;
        }

        var (all, start) = (LetterTable.Instance.Sequences, letter.Value);
        for (var i = start + 1; i <= start + all[start]; i++)
        {
            Append(all[i]);
        }
    }

    private void Append(int character)
    {
        var rune = new Rune(character);
        if (_end - _start + rune.Utf8SequenceLength <= Most)
        {
            _lastLength = rune.EncodeToUtf8(_room[_end..]);
            _lastCharacter = character;
            _end += _lastLength;
        }
    }
}
