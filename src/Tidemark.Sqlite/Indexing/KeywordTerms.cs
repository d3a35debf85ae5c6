using System.Globalization;
using System.Text;

namespace Tidemark.Sqlite.Indexing;

/// <summary>
/// The words of a query. Everything else a person may type, operators and quotes of the query language among it, only
/// separates them; each word is quoted before FTS5 sees it.
/// </summary>
internal static class KeywordTerms
{
    public const int MostTerms = 32;
    private const int LongestQuery = 8192;
    private const int LongestTerm = 256;

    /// <returns>Distinct words in order; none if there is no letter or digit.</returns>
    public static IReadOnlyList<string> Of(string query)
    {
        var terms = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var term = new StringBuilder();
        var hasLetter = false;
        foreach (var rune in query.AsSpan(0, Math.Min(query.Length, LongestQuery)).EnumerateRunes())
        {
            var kind = KindOf(rune);
            if (kind != Kind.Separator)
            {
                term.Append(rune.ToString());
                hasLetter |= kind == Kind.Letter;
            }
            else
            {
                End();
            }
        }

        End();
        return terms;

        void End()
        {
            if (hasLetter && term.Length <= LongestTerm && terms.Count < MostTerms && seen.Add(term.ToString()))
            {
                terms.Add(term.ToString());
            }

            term.Clear();
            hasLetter = false;
        }
    }

    public static string Quote(string term) => $"\"{term}\"";

    public static string All(IEnumerable<string> terms) => string.Join(" AND ", terms.Select(Quote));

    public static string Any(IEnumerable<string> terms) => string.Join(" OR ", terms.Select(Quote));

    /// <summary>As FTS5's unicode61 sees it; a mark alone makes no word, and U+FFFD stands for broken UTF-16.</summary>
    private static Kind KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherLetter => Kind.Letter,
        >= UnicodeCategory.NonSpacingMark and <= UnicodeCategory.EnclosingMark => Kind.Mark,
        >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber => Kind.Letter,
        UnicodeCategory.PrivateUse => Kind.Letter,
        _ => Kind.Separator,
    };

    private enum Kind
    {
        Separator,
        Letter,
        Mark,
    }
}
