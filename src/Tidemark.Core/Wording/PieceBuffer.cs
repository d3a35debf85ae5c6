using System.Runtime.InteropServices;
using System.Text;

namespace Tidemark.Wording;

/// <summary>
/// Puts one word after another together: folded, beside the form with its accents, and where it can be taken apart. What joins it to
/// the word before stands between them, so that both are one span.
/// </summary>
internal ref struct PieceBuffer
{
    /// <summary>Bytes that it is given: two words and what joins them, the exact form, and the places of parts.</summary>
    public const int Room = (2 * Most) + Most + (MostCuts * sizeof(ushort));

    /// <summary>More than a word may have, so that one that is too long is known as such.</summary>
    private const int Most = WordAnalysis.LongestWord + 32;

    /// <summary>What has more parts is no name.</summary>
    private const int MostCuts = 16;

    /// <summary>What changes more often between letters and digits is a number in hexadecimal.</summary>
    private const int MostChanges = 6;

    private const byte LowerCase = 0x20; // in digits the bit is set as well

    private readonly Span<byte> _plain;
    private readonly Span<byte> _exact;
    private readonly Span<ushort> _cuts;
    private int _former;
    private int _start;
    private int _end;
    private int _exactLength;
    private int _cutCount;
    private int _changes;
    private int _lastStart;
    private LetterClass _last;
    private bool _isUpperRun;

    /// <summary>Where the small letters behind a run of capitals begin; -1: the last letter is none of these.</summary>
    private int _behindUpperRun;

    public PieceBuffer(Span<byte> room)
    {
        _plain = room[..(2 * Most)];
        _exact = room.Slice(2 * Most, Most);
        _cuts = MemoryMarshal.Cast<byte, ushort>(room[(3 * Most)..]);
        Clear();
    }

    public readonly bool IsLonely => _end > _start && _end - _start <= WordAnalysis.LongestWord;

    public readonly ReadOnlySpan<byte> Plain => _plain[_start.._end];

    public readonly bool HasExact => _exactLength > 0 && _exactLength <= WordAnalysis.LongestWord;

    public readonly ReadOnlySpan<byte> Exact => _exact[.._exactLength];

    public readonly bool HasParts => _cutCount is > 0 and <= MostCuts && _changes <= MostChanges;

    public readonly int Parts => _cutCount + 1;

    public readonly bool HasPair => _former >= 0;

    /// <summary>The word before, what joins them, and the word.</summary>
    public readonly ReadOnlySpan<byte> Pair => _plain[_former.._end];

    public readonly bool EndsWithDigit => _last == LetterClass.Digit;

    public void Clear()
    {
        (_former, _start, _end) = (-1, 0, 0);
        ClearWord();
    }

    /// <summary>A name that begins with a dot is a pair of nothing and the word.</summary>
    public void BeginWithDot()
    {
        _plain[0] = (byte)'.';
        (_former, _start, _end) = (0, 1, 1);
    }

    public readonly ReadOnlySpan<byte> Part(int index) =>
        _plain[(_start + (index == 0 ? 0 : _cuts[index - 1]))..(index == _cutCount ? _end : _start + _cuts[index])];

    /// <summary>The next word begins, joined to this one; what stood before this one goes.</summary>
    public void Join(byte joiner)
    {
        if (!IsLonely)
        {
            Clear();
            return;
        }

        Plain.CopyTo(_plain);
        var length = _end - _start;
        _plain[length] = joiner;
        (_former, _start, _end) = (0, length + 1, length + 1);
        ClearWord();
    }

    /// <summary>No letter comes any more.</summary>
    public void End() => Settle(LetterClass.Separator);

    public bool TryAddSigns(ReadOnlySpan<byte> signs)
    {
        if (_end + signs.Length > _plain.Length)
        {
            return false;
        }

        signs.CopyTo(_plain[_end..]);
        _end += signs.Length;
        return true;
    }

    /// <summary>Small letters of ASCII that a text begins with, which nearly every word consists of.</summary>
    /// <returns>How many they are; 0 also where more has to be looked at.</returns>
    public int AddLower(ReadOnlySpan<byte> text)
    {
        var target = _plain[_end..Math.Min(_plain.Length, _start + Most)];
        var most = Math.Min(text.Length, target.Length);
        if (_exactLength > 0 || most == 0 || !char.IsAsciiLetterLower((char)text[0]))
        {
            return 0;
        }

        if (_last != LetterClass.Lower)
        {
            Change(LetterClass.Lower);
            (_last, _isUpperRun) = (LetterClass.Lower, false);
        }

        var length = 0;
        do
        {
            target[length] = text[length];
            length++;
        }
        while (length < most && char.IsAsciiLetterLower((char)text[length]));
        _end += length;
        _lastStart = _end - 1;
        return length;
    }

    /// <summary>A letter or digit of ASCII.</summary>
    public void Add(byte character, LetterClass kind)
    {
        if (kind != _last)
        {
            Change(kind);
        }

        _lastStart = _end;
        if (_end - _start < Most)
        {
            _plain[_end++] = (byte)(character | LowerCase);
        }

        if (_exactLength > 0 && _exactLength < Most)
        {
            _exact[_exactLength++] = (byte)(character | LowerCase);
        }

        _isUpperRun = kind == LetterClass.Upper && _last == LetterClass.Upper;
        _last = kind;
    }

    /// <summary>Any other character.</summary>
    public void Add(Letter letter, LetterClass kind)
    {
        if (kind is LetterClass.Mark or LetterClass.Extender)
        {
            Append(letter.Value, kind == LetterClass.Mark);
            return;
        }

        if (kind != _last)
        {
            Change(kind);
        }

        _lastStart = _end;
        if (letter.IsSequence)
        {
            var (all, start) = (LetterTable.Instance.Sequences, letter.Value);
            for (var i = start + 1; i <= start + all[start]; i++)
            {
                Append(all[i], LetterTable.Instance.IsMark(all[i]));
            }
        }
        else
        {
            Append(letter.Value, isMark: false);
        }

        _isUpperRun = kind == LetterClass.Upper && _last == LetterClass.Upper;
        _last = kind;
    }

    private void ClearWord()
    {
        _exactLength = _cutCount = _changes = _lastStart = 0;
        _last = LetterClass.Separator;
        _isUpperRun = false;
        _behindUpperRun = -1;
    }

    /// <summary>A mark stands in the exact form only, which from then on differs from the plain one.</summary>
    private void Append(int character, bool isMark)
    {
        var rune = new Rune(character);
        if (isMark && _exactLength == 0)
        {
            Plain.CopyTo(_exact);
            _exactLength = _end - _start;
        }

        if (_exactLength > 0 && _exactLength + rune.Utf8SequenceLength <= Most)
        {
            _exactLength += rune.EncodeToUtf8(_exact[_exactLength..]);
        }

        if (!isMark && _end - _start + rune.Utf8SequenceLength <= Most)
        {
            _end += rune.EncodeToUtf8(_plain[_end..]);
        }
    }

    /// <summary>The kind of character changes: <c>user|Id</c>, <c>HTML|Response</c>, <c>TS|2345</c>.</summary>
    private void Change(LetterClass kind)
    {
        if (_last == LetterClass.Separator)
        {
            return;
        }

        Settle(kind);
        if (kind == LetterClass.Digit || _last == LetterClass.Digit)
        {
            _changes++;
            Cut(_end);
        }
        else if (kind == LetterClass.Upper)
        {
            Cut(_end);
        }
        else if (_isUpperRun)
        {
            Cut(_lastStart);
            _behindUpperRun = _end;
        }
    }

    /// <summary>
    /// A run of capitals keeps its last one where what follows it is no word: the ending of many (<c>URL|s</c>) and what stands before a number
    /// of a version (<c>TLS|v|1</c>).
    /// </summary>
    private void Settle(LetterClass next)
    {
        if (_behindUpperRun >= 0 && _cutCount <= MostCuts
            && (_plain[_behindUpperRun.._end] is [(byte)'s'] || (next == LetterClass.Digit && _plain[_behindUpperRun.._end] is [(byte)'v'])))
        {
            _cuts[_cutCount - 1] = (ushort)(_behindUpperRun - _start);
        }

        _behindUpperRun = -1;
    }

    private void Cut(int at)
    {
        if (_cutCount < MostCuts)
        {
            _cuts[_cutCount] = (ushort)(at - _start);
        }

        _cutCount++;
    }
}
