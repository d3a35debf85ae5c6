using Tidemark.Sources;

namespace Tidemark.Postgres.Feeding;

/// <summary>An id template the other way round: from a document's id to the columns that it is made of. Pure.</summary>
internal sealed class IdPattern(FieldTemplate template)
{
    /// <summary>So many ways to read one id are tried.</summary>
    public const int Most = 64;

    /// <summary>In the order of what reading an id gives.</summary>
    public IReadOnlyList<string> Fields { get; } = [.. template.Fields];

    /// <summary>What all ids begin with.</summary>
    public string Prefix { get; } = template.Parts[0].Literal;

    /// <summary>All ways to read an id; of columns of text there may be several. None: it is no id of this template.</summary>
    public List<string[]> Read(string id)
    {
        var found = new List<string[]>();
        Read(id, part: 0, at: 0, [], found);
        return found;
    }

    private void Read(string id, int part, int at, Dictionary<string, string> known, List<string[]> found)
    {
        var (literal, field) = template.Parts[part];
        if (found.Count > Most || string.CompareOrdinal(id, at, literal, 0, literal.Length) != 0)
        {
            return;
        }

        at += literal.Length;
        if (field is null)
        {
            if (at == id.Length)
            {
                found.Add([.. Fields.Select(name => known[name])]);
            }
        }
        else if (known.TryGetValue(field, out var same))
        {
            if (string.CompareOrdinal(id, at, same, 0, same.Length) == 0)
            {
                Read(id, part + 1, at + same.Length, known, found);
            }
        }
        else
        {
            // The last field takes what is left but for the literal behind it; only an earlier one can end in several places.
            var next = template.Parts[part + 1];
            var first = next.Field is null ? id.Length - next.Literal.Length : at;
            for (var end = Math.Max(first, at); end <= id.Length && found.Count <= Most; end++)
            {
                if (string.CompareOrdinal(id, end, next.Literal, 0, next.Literal.Length) == 0)
                {
                    known[field] = id[at..end];
                    Read(id, part + 1, end, known, found);
                    known.Remove(field);
                }
            }
        }
    }
}
