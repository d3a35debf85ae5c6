using System.Text;

namespace Tidemark.Indexing;

/// <summary>
/// Reads a condition as a person writes it: <c>KEY=VALUE,VALUE</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>,
/// <c>&gt;=</c>, <c>KEY?</c>, <c>!KEY?</c>. Key and values may be quoted, with <c>""</c> for a quote inside.
/// </summary>
internal sealed class ConditionReader
{
    private static readonly (string Sign, MetadataTest Test)[] Signs =
    [
        ("!=", MetadataTest.NoneOf), (">=", MetadataTest.AtLeast), ("<=", MetadataTest.AtMost),
        (">", MetadataTest.Greater), ("<", MetadataTest.Less), ("=", MetadataTest.AnyOf),
    ];

    private readonly string _text;
    private int _at;

    private ConditionReader(string text) => _text = text;

    /// <exception cref="TidemarkException"><c>usage</c>.</exception>
    public static MetadataCondition Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ConditionReader(text).Read();
    }

    private MetadataCondition Read()
    {
        SkipSpace();
        var start = _at;
        var key = At('"') ? Quoted() : BareKey();
        SkipSpace();
        if (Sign() is not { } test)
        {
            _at = start;
            return Presence();
        }

        SkipSpace();
        if (key.Length == 0)
        {
            throw Wrong("names no key", "write the key before the sign: 'lang=en'");
        }

        if (key[0] == '!' && _text[start] == '!')
        {
            throw Wrong("has its '!' before the key", $"write '{key[1..]}!=VALUE', or '!{key[1..]}?' where the key shall be absent");
        }

        if (At('=') || At('<') || At('>'))
        {
            throw Wrong("has two signs", $"a value that begins with a sign is quoted: '{key}=\"{_text[_at..]}\"'");
        }

        if (test is not MetadataTest.AnyOf && _text.AsSpan(_at).IsWhiteSpace())
        {
            throw Wrong("has nothing behind its sign", $"give it a value (a variable that is not set gives none); an empty text is written '{_text.TrimEnd()}\"\"'");
        }

        var values = Values();
        if (test is not (MetadataTest.AnyOf or MetadataTest.NoneOf) && values is not [not null])
        {
            throw Wrong("compares with more than one value, or with null", "give one number, date or text: 'price>=10'");
        }

        return new MetadataCondition(key, values) { Test = test };
    }

    private MetadataCondition Presence()
    {
        var isAbsent = At('!');
        _at += isAbsent ? 1 : 0;
        SkipSpace();
        var text = _text[_at..].TrimEnd();
        var key = text.Length > 1 && text[^1] == '?' ? text[..^1] : throw Wrong(
            "is not KEY=VALUE", "write 'lang=en', 'lang=en,de', 'lang!=en', 'price>=10', 'owner=null', 'owner?' or '!owner?'");
        if (At('"'))
        {
            key = Quoted();
            if (_text[_at..].Trim() != "?")
            {
                throw Wrong("goes on behind the quoted key", "behind it stands '?', or '=' and a value");
            }
        }

        return new MetadataCondition(key, []) { Test = isAbsent ? MetadataTest.Absent : MetadataTest.Present };
    }

    private string BareKey()
    {
        var start = _at;
        while (_at < _text.Length && !Signs.Any(sign => Ahead(sign.Sign)))
        {
            _at++;
        }

        return _text[start.._at].Trim();
    }

    private MetadataTest? Sign()
    {
        foreach (var (sign, test) in Signs)
        {
            if (Ahead(sign))
            {
                _at += sign.Length;
                return test;
            }
        }

        return null;
    }

    private List<string?> Values()
    {
        var values = new List<string?>();
        do
        {
            values.Add(Value(isFirst: values.Count == 0));
        }
        while (_at++ < _text.Length);

        return values;
    }

    /// <summary>Up to a comma that is not quoted, or the end.</summary>
    private string? Value(bool isFirst)
    {
        var start = _at;
        SkipSpace();
        if (At('"'))
        {
            var quoted = Quoted();
            SkipSpace();
            return _at == _text.Length || At(',')
                ? quoted
                : throw Wrong("goes on behind a quoted value", "behind it stands a comma or nothing; a quote inside is written \"\"");
        }

        var comma = _text.IndexOf(',', start);
        _at = comma < 0 ? _text.Length : comma;
        var text = _text[start.._at].Trim();
        var isOnly = isFirst && comma < 0;
        if (!isOnly && (text.Length == 0 || text.Length < _at - start))
        {
            throw Wrong(
                "has white space or nothing beside a comma",
                "values that are separated stand close together: 'lang=en,de'; one that holds a comma is quoted: 'author=\"Doe, Jane\"'");
        }

        return text is "null" ? null : text;
    }

    private string Quoted()
    {
        var value = new StringBuilder();
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] != '"')
            {
                value.Append(_text[_at]);
            }
            else if (_at + 1 < _text.Length && _text[_at + 1] == '"')
            {
                value.Append('"');
                _at++;
            }
            else
            {
                _at++;
                return value.ToString();
            }
        }

        throw Wrong("opens a quote that nothing closes", "close it; a quote inside is written \"\"");
    }

    private bool At(char sign) => _at < _text.Length && _text[_at] == sign;

    private bool Ahead(string sign) => string.CompareOrdinal(_text, _at, sign, 0, sign.Length) == 0;

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private TidemarkException Wrong(string what, string remedy) =>
        new(ErrorCodes.Usage, $"the filter '{_text}' {what}", remedy);
}
