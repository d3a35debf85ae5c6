using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidemark.Tests.House;

/// <summary>docs/architecture.md is what somebody new reads first: what it names is there, and what it says calls what does.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Page = Repository.Read("docs/architecture.md");

    private static readonly Lazy<Dictionary<string, string>> FilesOfTypes = new(() => Repository.Sources("src")
        .SelectMany(file => Declaration().Matches(File.ReadAllText(file)).Select(match => (Type: match.Groups["name"].Value, Text: File.ReadAllText(file))))
        .GroupBy(found => found.Type, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => string.Join('\n', group.Select(found => found.Text)), StringComparer.Ordinal));

    /// <summary>Of other projects, of others' products, and of folders.</summary>
    private static readonly string[] NoTypes = ["IEmbeddingGenerator", "JsonLines", "OpenAI", "PostgreSQL"];

    [Fact]
    public void Every_type_and_every_method_that_it_names_is_there()
    {
        var words = TypeLike().Matches(Page).Select(match => match.Value).Distinct(StringComparer.Ordinal).Except(NoTypes, StringComparer.Ordinal);
        var all = string.Join('\n', FilesOfTypes.Value.Values);
        words.Where(word => !FilesOfTypes.Value.ContainsKey(word) && !(word.EndsWith("Async", StringComparison.Ordinal) && all.Contains($" {word}(", StringComparison.Ordinal)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void What_it_draws_as_a_call_is_one()
    {
        var lines = Page.Split('\n').Where(line => line.Contains(" ─ ", StringComparison.Ordinal)).ToArray();
        lines.Length.ShouldBeGreaterThan(20);
        foreach (var line in lines)
        {
            var chain = Chain().Match(line).Value.Split(" ─ ");
            foreach (var (caller, called) in chain.Zip(chain.Skip(1)).Where(pair => pair.First.Length > 1))
            {
                FilesOfTypes.Value.ShouldContainKey(caller, line);
                TypeLike().Matches(FilesOfTypes.Value[caller]).Any(match => match.ValueSpan.SequenceEqual(called)).ShouldBeTrue($"'{caller}' does not name '{called}'");
            }
        }
    }

    [Fact]
    public void It_has_the_order_of_rooms_that_is_kept_to()
    {
        var core = string.Join(" → ", RoomTests.Floors.Select(floor => string.Join(" | ", floor)));
        Plain(Page).ShouldContain(Plain(core));
        foreach (var (leaf, floors) in RoomTests.FloorsOfLeaves)
        {
            Plain(Page).ShouldContain(
                Plain($"{leaf["Tidemark.".Length..]} {string.Join(" → ", floors.Select(floor => string.Join(" | ", floor)))}"), Case.Sensitive, leaf);
        }
    }

    [Fact]
    public void It_has_every_project()
    {
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension);
        projects.Where(project => !Page.Contains($"\n  {project} ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Plain(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record) (?<name>[A-Z]\w+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b(?:[A-Z][a-z]+(?:[A-Z][A-Za-z]*)+|I[A-Z][A-Za-z]+)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeLike();

    [GeneratedRegex(@"\w+(?: ─ \w+)+", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Chain();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
