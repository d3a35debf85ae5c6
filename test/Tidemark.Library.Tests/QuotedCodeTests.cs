using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidemark.Library.Tests;

/// <summary>Code that a document shows is code that was compiled: it is quoted from the samples.</summary>
public sealed partial class QuotedCodeTests
{
    [Theory]
    [InlineData("docs/library.md")]
    [InlineData("README.md")]
    public void Every_piece_of_code_is_quoted_from_a_sample(string document)
    {
        var text = RepositoryFiles.Read(document);
        var quoted = Quote().Replace(
            text, match => $"{match.Groups["head"].Value}```csharp\n{Piece(match.Groups["path"].Value, match.Groups["name"].Value)}```\n");

        Quote().Count(text).ShouldBe(Code().Count(text), $"'{document}' has code that is quoted from nowhere");
        Quote().Count(text).ShouldBePositive();
        RepositoryFiles.ShouldBe(
            document, quoted, "it does not show the samples as they are; run these tests once with TIDEMARK_UPDATE_DOCS=1");
    }

    /// <summary>The lines between <c>// &lt;name&gt;</c> and <c>// &lt;/name&gt;</c>.</summary>
    private static string Piece(string path, string name)
    {
        var lines = RepositoryFiles.Read(path).Split('\n');
        var start = Array.FindIndex(lines, l => l.Trim() == $"// <{name}>");
        var end = Array.FindIndex(lines, l => l.Trim() == $"// </{name}>");
        (start >= 0 && end > start).ShouldBeTrue($"'{path}' has no piece '{name}'");
        return string.Join('\n', lines[(start + 1)..end]).TrimEnd() + "\n";
    }

    [GeneratedRegex(
        @"(?<head><!-- quoted: (?<path>[^#\s]+)#(?<name>\w+) -->\n+)```csharp\n(?<code>.*?)```\n",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5_000)]
    private static partial Regex Quote();

    [GeneratedRegex("^```csharp$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
