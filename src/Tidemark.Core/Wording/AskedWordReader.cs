namespace Tidemark.Wording;

/// <summary>Puts the words of a query together, each once, with what it counts.</summary>
internal sealed class AskedWordReader
{
    private const double OfPart = 0.5;
    private const double OfMember = 0.5;
    private const double OfExact = 0.25;

    private readonly List<AskedWord> _words = [];
    private readonly List<IReadOnlyList<string>> _phrases = [];
    private readonly List<string> _members = [];
    private readonly List<string> _run = [];
    private bool _isName;
    private WordKind _last;

    public void Add(string word, WordKind kind)
    {
        switch (kind)
        {
            case WordKind.Word or WordKind.Bigram:
                EndName();
                (kind == WordKind.Word ? _members : _run).Add(word);
                break;
            case WordKind.Joined:
                _members.Add(word);
                break;
            case WordKind.NextBigram when _run.Count < AskedWords.Most:
                _run.Add(word);
                break;
            case WordKind.Pair:
                _isName = true;
                Take(new AskedWord(word, 1, IsOptional: false));
                break;
            case WordKind.Part:
                Take(new AskedWord(word, OfPart, IsOptional: false) { Whole = _members[^1] });
                break;
            case WordKind.Exact when _last != WordKind.Part:
                Take(new AskedWord(word, OfExact, IsOptional: true) { Stem = StemOfLast() });
                break;
            default:
                break; // one ideograph of a run is found by its pairs, and what is a part by its stem
        }

        _last = kind;
    }

    public AskedWords End()
    {
        EndName();
        return new AskedWords(_words, _phrases);
    }

    /// <summary>What stands in the place of the word that comes right behind it; null: the word has none, or it comes later, with its accents.</summary>
    private string? StemOfLast() =>
        _last is WordKind.Word or WordKind.Joined && _members is [.., var stem] && Stemmer.IsStem(stem) ? stem : null;

    /// <summary>Words that are joined count less than their pairs; what is not joined counts whole.</summary>
    private void EndName()
    {
        foreach (var member in _members)
        {
            Take(new AskedWord(member, _isName ? OfMember : 1, IsOptional: false));
        }

        foreach (var pair in _run)
        {
            Take(new AskedWord(pair, 1, IsOptional: false));
        }

        if (_run.Count > 1 && _run.TrueForAll(pair => _words.Exists(word => word.Text == pair)))
        {
            _phrases.Add([.. _run]);
        }

        _members.Clear();
        _run.Clear();
        _isName = false;
    }

    private void Take(AskedWord word)
    {
        var at = _words.FindIndex(known => known.Text == word.Text);
        if (at >= 0)
        {
            var known = _words[at];
            _words[at] = new AskedWord(word.Text, Math.Max(word.Weight, known.Weight), word.IsOptional && known.IsOptional)
            {
                Whole = word.Whole is null ? null : known.Whole,
                Stem = word.Stem ?? known.Stem,
            };
        }
        else if (_words.Count < AskedWords.Most)
        {
            _words.Add(word);
        }
    }
}
