using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Tidemark;

/// <summary>
/// The words that one shell has for what remedies tell people to do: a flag for an option, a request for a call. What the library says
/// (<c>run 'VerifyAsync(Repair)'</c>) is what reports and stores keep, and becomes the shell's own (<c>run 'tidemark verify --repair'</c>)
/// when it is told.
/// </summary>
public sealed partial class RemedyWords
{
    private readonly FrozenDictionary<string, string> _words;

    /// <param name="words">For each of <see cref="RemedyKeys"/>; <c>{0}</c> is the name that a key has between double quotes.</param>
    /// <exception cref="ArgumentException">A key has no words, or is none.</exception>
    public RemedyWords(IEnumerable<KeyValuePair<string, string>> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _words = words.ToFrozenDictionary(StringComparer.Ordinal);
        string[] wrong = [.. RemedyKeys.All.Where(key => !_words.ContainsKey(key)), .. _words.Keys.Where(key => !RemedyKeys.All.Contains(key))];
        if (wrong.Length > 0)
        {
            throw new ArgumentException($"without words, or no key of a remedy: {string.Join(", ", wrong)}", nameof(words));
        }
    }

    /// <param name="text">A remedy, or a message that names what to do.</param>
    /// <returns>The same where nothing in it is a key.</returns>
    public string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Candidate().Replace(text, match => _words.TryGetValue(KeyOf(match), out var words)
            ? words.Replace("{0}", ArgumentOf(match), StringComparison.Ordinal)
            : match.Value);
    }

    /// <summary>The keys that a text names, in its order.</summary>
    /// <param name="text">As <see cref="Of"/> takes it.</param>
    public static IEnumerable<string> KeysIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CandidatesIn(text).Where(RemedyKeys.All.Contains);
    }

    /// <summary>What looks like a key, whether it is one or not.</summary>
    internal static IEnumerable<string> CandidatesIn(string text) => Candidate().Matches(text).Select(KeyOf);

    private static string KeyOf(Match match)
    {
        var arguments = match.Groups["arguments"];
        return arguments.Success ? $"{match.Groups["name"].Value}({Quoted().Replace(arguments.Value, "\"\"")})" : match.Value;
    }

    private static string ArgumentOf(Match match) => Quoted().Match(match.Groups["arguments"].Value).Value.Trim('"');

    // Without a limit of time, which a process that is paused would run into: no two ways lead through a text, so it is as fast as the text is long.
    [GeneratedRegex(
        """(?<![\w./\\-])(?<name>[A-Z][A-Za-z]*(\.[A-Z][A-Za-z]*)?)(\((?<arguments>(?>([^()"]|"[^"]*")*))\))?(?!\w)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: -1)]
    private static partial Regex Candidate();

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
