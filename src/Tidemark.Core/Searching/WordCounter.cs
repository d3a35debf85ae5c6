using System.Text;
using Tidemark.Indexing;
using Tidemark.Wording;

namespace Tidemark.Searching;

/// <summary>Counts the words of a query in texts. Not for two threads.</summary>
internal sealed class WordCounter
{
    private readonly Stemmer? _stemmer;
    private readonly (byte[] Word, int Index)[][] _byLength = new (byte[], int)[WordAnalysis.LongestWord + 1][];
    private readonly int[][] _phrases;
    private readonly byte[] _counts;
    private readonly List<(int Place, int Word)> _pairs = [];
    private byte[] _utf8 = new byte[4096];
    private uint _found;
    private int _length;

    /// <param name="asked">The words: at most <see cref="AskedWords.Most"/>, so that each has a bit.</param>
    /// <param name="stemmer">By which they were read.</param>
    public WordCounter(AskedWords asked, Stemmer? stemmer)
    {
        _stemmer = stemmer;
        var words = asked.Words.Select((word, i) => (Word: Encoding.UTF8.GetBytes(word.Text), Index: i)).ToArray();
        foreach (var same in words.Where(word => word.Word.Length < _byLength.Length).GroupBy(word => word.Word.Length))
        {
            _byLength[same.Key] = [.. same];
        }

        var places = asked.Words.Select((word, i) => (word.Text, i)).ToDictionary(word => word.Text, word => word.i, StringComparer.Ordinal);
        _phrases = [.. asked.Phrases.Select(pairs => pairs.Select(pair => places[pair]).ToArray())];
        _counts = new byte[words.Length];
    }

    public CountedWords Count(string text, string title)
    {
        Read(text);
        var (inText, inOrder, length) = (_found, Following(), _length);
        byte[] counts = inText == 0 ? [] : [.. _counts];
        if (title.Length == 0)
        {
            return new CountedWords(counts, inText, 0, inOrder, length);
        }

        Read(title);
        return new CountedWords(counts, inText, _found, inOrder | Following(), length);
    }

    private void Read(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_utf8.Length < most)
        {
            _utf8 = new byte[most];
        }

        Array.Clear(_counts);
        _pairs.Clear();
        (_found, _length) = (0, 0);
        var sink = new Sink(this);
        WordAnalysis.Read(_utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, _utf8)), _stemmer, ref sink);
    }

    private void Add(ReadOnlySpan<byte> word, WordKind kind)
    {
        _length += kind <= WordKind.NextBigram ? 1 : 0;
        foreach (var (asked, i) in _byLength[word.Length] ?? [])
        {
            if (word.SequenceEqual(asked))
            {
                _found |= 1u << i;
                _counts[i] += _counts[i] < KeywordRanking.MostCounted ? (byte)1 : (byte)0;
                if (_phrases.Length > 0 && kind is WordKind.Bigram or WordKind.NextBigram)
                {
                    _pairs.Add((_length, i));
                }

                return;
            }
        }
    }

    /// <summary>The phrases whose pairs stand one behind the other in what was read last.</summary>
    private uint Following()
    {
        var following = 0u;
        for (var phrase = 0; phrase < _phrases.Length; phrase++)
        {
            for (var start = 0; start < _pairs.Count; start++)
            {
                if (Follows(_phrases[phrase], start))
                {
                    following |= 1u << phrase;
                    break;
                }
            }
        }

        return following;
    }

    private bool Follows(int[] phrase, int start)
    {
        for (var i = 0; i < phrase.Length; i++)
        {
            if (start + i >= _pairs.Count || _pairs[start + i] != (_pairs[start].Place + i, phrase[i]))
            {
                return false;
            }
        }

        return true;
    }

    private readonly struct Sink(WordCounter counter) : IWordSink
    {
        public void Add(ReadOnlySpan<byte> word, WordKind kind) => counter.Add(word, kind);
    }
}
