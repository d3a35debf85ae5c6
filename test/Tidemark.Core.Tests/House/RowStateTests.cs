using System.Text.RegularExpressions;
using Shouldly;
using Tidemark.Records;
using Xunit;

namespace Tidemark.Tests.House;

/// <summary>What a state is called in rows stands in one place of each store.</summary>
public sealed partial class RowStateTests
{
    [Theory]
    [InlineData("Tidemark.Sqlite")]
    [InlineData("Tidemark.Postgres")]
    public void No_statement_writes_a_states_number_itself(string store)
    {
        foreach (var file in Repository.Sources($"src/{store}").Where(file => !IsExempt(file)))
        {
            Literal().IsMatch(File.ReadAllText(file)).ShouldBeFalse(
                $"'{Path.GetRelativePath(Repository.Root, file)}' names a state by its number; RowStates has its name.");
        }
    }

    [Theory]
    [InlineData("Tidemark.Sqlite")]
    [InlineData("Tidemark.Postgres")]
    public void The_names_mean_what_the_engine_means(string store)
    {
        var names = File.ReadAllText(Repository.Sources($"src/{store}").Single(file => Path.GetFileName(file) == "RowStates.cs"));

        names.ShouldContain($"Live = \"state = {(int)DocumentState.Live}\"");
        names.ShouldContain($"Removed = \"state = {(int)DocumentState.Removed}\"");
        var beside = string.Join(", ", [(int)GenerationState.Building, (int)GenerationState.Previous, (int)GenerationState.Candidate]);
        names.ShouldContain($"Beside = \"state in ({beside})\"");
        names.ShouldContain($"Previous = \"state = {(int)GenerationState.Previous}\"");
        names.ShouldContain($"Candidate = \"state = {(int)GenerationState.Candidate}\"");
        names.ShouldContain($"Active = \"state = {(int)GenerationState.Active}\"");
        names.ShouldContain($"Put = \"change = {(int)OutboxChange.Put}\"");
        names.ShouldContain($"Written = \"change < {(int)OutboxChange.Delete}\"");
        names.ShouldContain($"Deleted = \"change = {(int)OutboxChange.Delete}\"");
        names.ShouldContain($"RemovedNumber = \"{(int)DocumentState.Removed}\", TombstonedNumber = \"{(int)DocumentState.Tombstoned}\"");
        names.ShouldContain($"BuildingNumber = \"{(int)GenerationState.Building}\", ActiveNumber = \"{(int)GenerationState.Active}\"");
        names.ShouldContain($"EndSupersededNumber = \"{(int)StateEnd.Superseded}\", EndRemovedNumber = \"{(int)StateEnd.Removed}\"");
        names.ShouldContain($"PutNumber = \"{(int)OutboxChange.Put}\", PatchNumber = \"{(int)OutboxChange.Patch}\", DeleteNumber = \"{(int)OutboxChange.Delete}\"");
    }

    /// <summary>Migrations are history and are never edited.</summary>
    private static bool IsExempt(string file) =>
        Path.GetFileName(file) == "RowStates.cs" || file.Contains("/Schema/", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(?:state|dead|change|ended) (?:=|<>|<|>|<=|>=|in|not in) \(?[0-9]|change, at\)\s+select [a-z_., ]+, [0-9],", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Literal();
}
