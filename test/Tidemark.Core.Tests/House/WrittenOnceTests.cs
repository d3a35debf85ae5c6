using Shouldly;
using Xunit;

namespace Tidemark.Tests.House;

/// <summary>The JSON contract has one room; what else writes JSON writes something of its own, and is named here.</summary>
public sealed class WrittenOnceTests
{
    /// <summary>Of the executable: what carries JSON to the terminal or a log, and what its own files look like.</summary>
    private static readonly string[] OfTheExecutable =
    [
        "Output/CommandOutput.cs", "Output/JsonOutput.cs", "Output/JsonStream.cs", "Output/ProgressLine.cs", "Output/RunLog.cs",
        "Output/FailureDetails.cs", "Output/FeedJson.cs", "Output/TrustJson.cs", "Plans/PlanWriter.cs", "Starting/InitJson.cs",
    ];

    [Fact]
    public void The_executable_writes_no_JSON_but_of_its_own_files() =>
        Writers("src/Tidemark.Cli").Order(StringComparer.Ordinal).ShouldBe(OfTheExecutable.Order(StringComparer.Ordinal));

    [Fact]
    public void What_puts_indexes_together_writes_no_JSON_but_of_what_was_trusted() =>
        Writers("src/Tidemark.Composition").ShouldBe(["Trust/TrustedFiles.cs"]);

    [Fact]
    public void In_Core_reports_are_written_in_the_room_for_it_in_the_history_that_keeps_them_and_by_the_tools_of_agents() =>
        Writers("src/Tidemark.Core")
            .Where(file => !Array.Exists(["Wire/", "Syncing/History/", "Agents/"], room => file.StartsWith(room, StringComparison.Ordinal)))
            .ShouldBe(
                [
                    "Documents/MetadataCanonicalizer.cs", "Documents/MetadataFields.cs", "Queueing/ChangePayload.cs", "Records/GoldenText.cs", "Records/EntryText.cs", "Documents/StoredValue.cs",
                    // What a row's metadata are, and how far a database was read.
                    "Sources/Sql/SqlRows.cs", "Sources/Sql/SqlState.cs", "Sources/Sql/SqlValue.cs",
                ],
                ignoreOrder: true);

    private static IEnumerable<string> Writers(string project) => Repository.Sources(project)
        .Where(file => File.ReadAllText(file).Contains("Utf8JsonWriter", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, project), file).Replace('\\', '/'));
}
