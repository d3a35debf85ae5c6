using System.Text;

namespace Tidemark.Wording;

/// <summary>Goes through one text, once, and allocates nothing.</summary>
internal ref struct WordReader<TSink>
    where TSink : struct, IWordSink
{
    /// <summary>Bytes that it is given to put words together.</summary>
    public const int Room = PieceBuffer.Room + RunBuffer.Room + WordAnalysis.LongestWord;

    private readonly ReadOnlySpan<byte> _text;
    private readonly Stemmer? _stemmer;
    private readonly Span<byte> _stem;
    private readonly ref TSink _sink;
    private PieceBuffer _piece;
    private RunBuffer _run;
    private int _at;

    public WordReader(ReadOnlySpan<byte> text, Stemmer? stemmer, Span<byte> room, ref TSink sink)
    {
        _text = text;
        _stemmer = stemmer;
        _sink = ref sink;
        _piece = new PieceBuffer(room[..PieceBuffer.Room]);
        _run = new RunBuffer(room.Slice(PieceBuffer.Room, RunBuffer.Room));
        _stem = room[^WordAnalysis.LongestWord..];
    }

    public void Read()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] == ' ')
            {
                _at++;
                continue;
            }

            var kind = Peek(_at, out var letter, out var length);
            switch (kind)
            {
                case LetterClass.Lower or LetterClass.Upper or LetterClass.Digit:
                    ReadName();
                    break;
                case LetterClass.Paired or LetterClass.Ideograph:
                    ReadRun(letter.Script);
                    break;
                case LetterClass.Symbol:
                    _sink.Add(_text.Slice(_at, length), WordKind.Word);
                    _at += length;
                    break;
                default:
                    _at += length;
                    break;
            }
        }
    }

    /// <summary>Words that are joined, up to where nothing joins them to the next.</summary>
    private void ReadName()
    {
        _piece.Clear();
        if (IsNameOfDot())
        {
            _piece.BeginWithDot();
        }

        for (var kind = WordKind.Word; ; kind = WordKind.Joined)
        {
            ReadPiece();
            EndPiece(kind);
            if (!TryReadJoiner(out var joiner))
            {
                return;
            }

            _piece.Join(joiner);
        }
    }

    private void ReadPiece()
    {
        while (_at < _text.Length)
        {
            _at += _piece.AddLower(_text[_at..]);
            if (_at == _text.Length)
            {
                return;
            }

            var next = _text[_at];
            if (next < 0x80)
            {
                var kind = AsciiClasses.Of(next);
                if (kind > LetterClass.Digit || kind == LetterClass.Separator)
                {
                    return;
                }

                _piece.Add(next, kind);
                _at++;
            }
            else if (!TryReadOther())
            {
                return;
            }
        }
    }

    /// <summary>A character beyond ASCII.</summary>
    /// <returns>False: the word ends before it.</returns>
    private bool TryReadOther()
    {
        var kind = Peek(_at, out var letter, out var length);
        switch (kind)
        {
            case LetterClass.Lower or LetterClass.Upper or LetterClass.Digit or LetterClass.Mark or LetterClass.Extender:
                _piece.Add(letter, kind);
                break;
            case LetterClass.Unseen:
                break;
            default:
                return false;
        }

        _at += length;
        return true;
    }

    private void EndPiece(WordKind kind)
    {
        _piece.End();
        if (!_piece.IsLonely)
        {
            return; // too long
        }

        AddWord(_piece.Plain, kind, _piece.HasParts);
        if (_piece.HasExact)
        {
            _sink.Add(_piece.Exact, WordKind.Exact);
        }

        if (_piece.HasParts)
        {
            for (var i = 0; i < _piece.Parts; i++)
            {
                if (_piece.Part(i) is { Length: > 1 } or [>= (byte)'0' and <= (byte)'9'])
                {
                    AddWord(_piece.Part(i), WordKind.Part, isName: false);
                }
            }
        }

        if (_piece.HasPair)
        {
            _sink.Add(_piece.Pair, WordKind.Pair);
        }

        if (SignsOfName() is > 0 and var signs && _piece.TryAddSigns(_text.Slice(_at, signs)))
        {
            _at += signs;
            _sink.Add(_piece.Plain, WordKind.Pair);
        }
    }

    /// <summary>
    /// The word, or what is asked for first where it has a stem: the stem of a word and the word beside it, or a name as it stands and its stem beside it.
    /// </summary>
    private readonly void AddWord(ReadOnlySpan<byte> word, WordKind kind, bool isName)
    {
        if (_stemmer is null || !_stemmer.TryStem(word, _stem, out var length))
        {
            _sink.Add(word, kind);
            return;
        }

        var stem = _stem[..length];
        _sink.Add(isName ? word : stem, kind);
        _sink.Add(isName ? stem : word, WordKind.Exact);
    }

    /// <summary>Whether a dot before a name is part of it: <c>.net</c>, <c>.gitignore</c>.</summary>
    private readonly bool IsNameOfDot() =>
        _at > 0 && _text[_at - 1] == '.' && AsciiClasses.Of(_text[_at]) is LetterClass.Lower or LetterClass.Upper
        && (_at == 1 || (_text[_at - 2] < 0x80 && _text[_at - 2] != '.' && AsciiClasses.Of(_text[_at - 2]) is LetterClass.Separator or LetterClass.Joiner));

    /// <returns>How many signs behind a word belong to its name, as in <c>C++</c> and <c>C#</c>.</returns>
    private readonly int SignsOfName()
    {
        var rest = _text[_at..];
        var signs = rest.StartsWith("++"u8) ? 2 : rest is [(byte)'#', ..] ? 1 : 0;
        return signs > 0 && !BeginsWord(_at + signs) ? signs : 0;
    }

    /// <summary>One character that joins what stands on both its sides; of <c>::</c>, both.</summary>
    private bool TryReadJoiner(out byte joiner)
    {
        joiner = 0;
        if (_at >= _text.Length || Peek(_at, out var letter, out var length) != LetterClass.Joiner)
        {
            return false;
        }

        joiner = (byte)letter.Value;
        var next = _at + length;
        if (joiner == ':' && next < _text.Length && _text[next] == ':')
        {
            next++;
        }

        if (!BeginsWord(next) || (joiner == ',' && !(_piece.EndsWithDigit && AsciiClasses.Of(_text[next]) == LetterClass.Digit)))
        {
            return false;
        }

        joiner = joiner == '\\' ? (byte)'/' : joiner;
        _at = next;
        return true;
    }

    private readonly bool BeginsWord(int at) =>
        at < _text.Length && Peek(at, out _, out _) is LetterClass.Lower or LetterClass.Upper or LetterClass.Digit;

    /// <summary>Characters of one script that is written without blanks, as pairs that overlap.</summary>
    private void ReadRun(int script)
    {
        _run.Clear();
        while (_at < _text.Length)
        {
            var kind = Peek(_at, out var letter, out var length);
            if (kind is LetterClass.Paired or LetterClass.Ideograph && letter.Script == script)
            {
                EndCharacter(isLast: false);
                _run.Begin(letter, kind == LetterClass.Ideograph);
            }
            else if (kind is LetterClass.Extender or LetterClass.Mark)
            {
                _run.Extend(letter);
            }
            else if (kind != LetterClass.Unseen)
            {
                break;
            }

            _at += length;
        }

        EndCharacter(isLast: true);
    }

    private readonly void EndCharacter(bool isLast)
    {
        if (_run.Count > 1)
        {
            _sink.Add(_run.Pair, _run.Count == 2 ? WordKind.Bigram : WordKind.NextBigram);
            if (_run.IsFormerIdeograph)
            {
                _sink.Add(_run.Former, WordKind.Single);
            }
        }

        if (isLast && (_run.Count == 1 || _run.IsIdeograph))
        {
            _sink.Add(_run.Last, _run.Count == 1 ? WordKind.Word : WordKind.Single);
        }
    }

    private readonly LetterClass Peek(int at, out Letter letter, out int length)
    {
        var first = _text[at];
        if (first < 0x80)
        {
            length = 1;
            letter = new Letter(AsciiClasses.Of(first), 0, first, isSequence: false);
            return letter.Class;
        }

        letter = Rune.DecodeFromUtf8(_text[at..], out var rune, out length) == System.Buffers.OperationStatus.Done ? Letters.Of(rune) : default;
        return letter.Class;
    }
}
