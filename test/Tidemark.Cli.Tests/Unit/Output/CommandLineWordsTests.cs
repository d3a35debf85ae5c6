using Shouldly;
using Tidemark.Composition;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Output;

/// <summary>What the library advises is typed on a command line.</summary>
public sealed class CommandLineWordsTests
{
    [Theory]
    [InlineData("run 'VerifyAsync(SOURCE, Repair)' with its source", "run 'tidemark verify SOURCE --repair' with its source")]
    [InlineData("'HistoryAsync(\"docs/a.md\")' lists what it was", "'tidemark history docs/a.md' lists what it was")]
    [InlineData("make the same call with DeletionGuard.Off, or raise SyncOptions.Guard.", "make the same call with --allow-delete, or raise --max-delete.")]
    [InlineData("leave it out, for instance with DirectoryOptions.Exclude(\"/a b/\")", "leave it out, for instance with --exclude '/a b/'")]
    [InlineData("ask with SearchMode.Keyword, or in other words", "ask with --mode keyword, or in other words")]
    public void Calls_are_commands_and_options_are_flags(string said, string typed) => CommandLineWords.Of(said).ShouldBe(typed);

    [Fact]
    public void Every_key_of_a_remedy_has_words_here() =>
        RemedyKeys.All.Where(key => RemedyWords.KeysIn(CommandLineWords.Of(key)).Any()).ShouldBeEmpty();
}
