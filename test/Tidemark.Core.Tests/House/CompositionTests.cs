using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tidemark.Tests.House;

/// <summary>An index is put together in one place, so that tests of the executable prove what programs run.</summary>
public sealed partial class CompositionTests
{
    [Fact]
    public void The_executable_works_with_the_index_and_makes_no_engine_of_its_own() => Repository.Sources("src/Tidemark.Cli")
        .Where(file => Making().IsMatch(File.ReadAllText(file)))
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .ShouldBeEmpty("use 'TidemarkIndex'; where it cannot do something, programs cannot either");

    [GeneratedRegex(@"\bnew (?:\w+Engine|ChangeWorker|SyncPipeline)\b", RegexOptions.NonBacktracking)]
    private static partial Regex Making();
}
