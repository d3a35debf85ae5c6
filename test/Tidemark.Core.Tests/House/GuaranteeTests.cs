using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidemark.Tests.House;

/// <summary>Each guarantee names its test, and the test is there.</summary>
public sealed partial class GuaranteeTests
{
    [Fact]
    public void Every_test_that_the_guarantees_name_exists()
    {
        var sources = Repository.Sources("test").ToLookup(f => Path.GetFileNameWithoutExtension(f), StringComparer.Ordinal);
        var named = Named().Matches(Repository.Read("docs/guarantees.md"));

        named.Count.ShouldBeGreaterThan(10);
        foreach (Match test in named)
        {
            var files = sources[test.Groups["class"].Value];
            files.ShouldNotBeEmpty($"docs/guarantees.md names '{test.Value}'.");
            if (test.Groups["method"] is { Success: true } method)
            {
                files.ShouldContain(
                    f => File.ReadAllText(f).Contains($" {method.Value}(", StringComparison.Ordinal),
                    $"docs/guarantees.md names '{test.Value}'.");
            }
        }
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        string[] documents =
        [
            .. Directory.GetFiles(Repository.Root, "*.md"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories),
        ];
        foreach (var document in documents)
        {
            foreach (var target in Link().Matches(File.ReadAllText(document)).Select(m => m.Groups["target"].Value))
            {
                var path = Path.Combine(Path.GetDirectoryName(document)!, target);
                (File.Exists(path) || Directory.Exists(path))
                    .ShouldBeTrue($"'{Path.GetRelativePath(Repository.Root, document)}' links to '{target}'.");
            }
        }
    }

    [GeneratedRegex(@"`(?:E2E )?(?<class>\w+Tests|\w+Conformance)(?:\.(?<method>\w+))?`", RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex(@"\]\((?<target>[^)#:]+)(?:#[^)]*)?\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();
}
