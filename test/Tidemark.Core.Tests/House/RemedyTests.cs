using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidemark.Tests.House;

/// <summary>
/// What the library and its leaves tell people to do is said in words of the library: no flag and no command of an executable, and every
/// call or option that is named is one that shells have words for, and that there is.
/// </summary>
public sealed partial class RemedyTests
{
    private static readonly string[] Libraries =
        ["Tidemark.Core", "Tidemark.Formats", "Tidemark.OpenAI", "Tidemark.Sqlite", "Tidemark.Postgres", "Tidemark.Chroma"];

    /// <summary>What goes to other programs: arguments of git, and a name by which a server lists connections.</summary>
    private static readonly string[] ForOthers =
    [
        "Sources/Git/GitCache.cs", "Sources/Git/GitBlobs.cs", "Sources/Git/GitListing.cs", "Sources/Git/GitRepository.cs", "Feeding/SourceDatabase.cs",
    ];

    private static readonly HashSet<string> Owners =
        [.. RemedyKeys.All.Where(key => key.Contains('.', StringComparison.Ordinal)).Select(key => key.Split('.', '(')[0])];

    [Fact]
    public void No_library_says_a_flag_or_a_command_of_the_executable() =>
        Said().Where(said => !ForOthers.Contains(said.File, StringComparer.Ordinal) && Shell().IsMatch(said.Text))
            .Select(said => $"{said.File}: {said.Text}").ShouldBeEmpty();

    [Fact]
    public void What_a_library_tells_people_to_call_or_to_set_is_a_key_of_a_remedy() =>
        Said().SelectMany(said => RemedyWords.CandidatesIn(said.Text).Where(IsMeant).Select(key => (said.File, Key: key)))
            .Where(one => !RemedyKeys.All.Contains(one.Key))
            .Select(one => $"{one.File}: {one.Key}").Distinct(StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void Every_key_is_said_somewhere()
    {
        var said = string.Join('\n', Said().Select(one => one.Text));
        RemedyKeys.All.Where(key => !said.Contains(key.Split('"')[0], StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_key_names_what_the_library_has()
    {
        var surface = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "PublicApi.txt", SearchOption.AllDirectories)
            .SelectMany(File.ReadAllLines).Where(line => line.Length > 0).ToArray();
        RemedyKeys.All.Where(key => !IsThere(key, surface)).ShouldBeEmpty();
    }

    /// <summary>Of all that looks like a name with a capital letter, what is a call or an option of something that keys name.</summary>
    private static bool IsMeant(string key) =>
        key.Contains("Async(", StringComparison.Ordinal) || Owners.Contains(key.Split('.', '(')[0]) && key.Contains('.', StringComparison.Ordinal);

    private static bool IsThere(string key, string[] surface)
    {
        var parts = key.Split('(')[0].Split('.');
        if (parts[0] == nameof(Exception))
        {
            return true;
        }

        return surface.Any(line => line.StartsWith("  ", StringComparison.Ordinal) && Words(line).Contains(parts[^1]))
            && (parts.Length == 1 || surface.Any(line => Words(line) is var words
                && (line[0] != ' ' ? words.Contains(parts[0]) : words.Contains(parts[0]) && line.StartsWith("  Index", StringComparison.Ordinal))));
    }

    private static HashSet<string> Words(string line) => [.. line.Split([' ', '.', '(', ')', '<', '>', ',', '?'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Every text in quotes, of one line; what is filled in is a dot.</summary>
    private static IEnumerable<(string File, string Text)> Said() =>
        from library in Libraries
        from file in Repository.Sources($"src/{library}")
        where !file.EndsWith("RemedyKeys.cs", StringComparison.Ordinal) && !file.EndsWith("AgentWords.cs", StringComparison.Ordinal)
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from Match text in Quoted().Matches(line)
        select (Path.GetRelativePath(Path.Combine(Repository.Root, "src", library), file).Replace('\\', '/'),
            Hole().Replace(text.Groups["text"].Value.Replace("\\\"", "\"", StringComparison.Ordinal), "."));

    [GeneratedRegex(""" "(?<text>([^"\\]|\\.)*)" """, RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^{}]*(\{[^{}]*\})?[^{}]*\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Hole();

    [GeneratedRegex(@"(?<![\w-])--[a-z]|\btidemark [a-z]|run the same command", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shell();
}
