using Shouldly;
using Tidemark.Server.Problems;
using Xunit;

namespace Tidemark.Server.Tests.Api;

/// <summary>Whoever has an address and no shell is told what to send.</summary>
public sealed class ServiceWordsTests
{
    [Theory]
    [InlineData("run 'tidemark verify --repair': it is embedded again", "send 'POST repair': it is embedded again")]
    [InlineData("run 'tidemark verify SOURCE --repair' with the source", "send 'POST repair with {\"source\":[\"SOURCE\"]}' with the source")]
    [InlineData("'tidemark history a/b.md' lists what it was", "'GET history?document=a/b.md' lists what it was")]
    [InlineData("'tidemark migrate status' says how things stand", "'GET migration' says how things stand")]
    [InlineData("promote it with 'tidemark migrate promote', or give it up with 'tidemark migrate cancel'", "promote it with 'POST migration/promote', or give it up with 'POST migration/cancel'")]
    [InlineData("ask in other words, or with --mode keyword, which asks no model", "ask in other words, or with mode=keyword, which asks no model")]
    [InlineData("let it finish, or wait for it with --wait SECONDS", "let it finish, or wait for it with 'Prefer: wait=SECONDS'")]
    [InlineData("run the same command with --allow-delete.", "send the same request with {\"allowDelete\":true}.")]
    [InlineData("when the hold is over: tidemark hold release --source a", "when the hold is over: DELETE holds?sourceId=a")]
    [InlineData("'tidemark restore a --as-of TIME|RUN' brings back what it was", "'POST restore with {\"document\":\"a\",\"asOf\":\"TIME|RUN\"}' brings back what it was")]
    [InlineData("ask without '--as-of' for what there is now", "ask without asOf for what there is now")]
    [InlineData("name documents, or give one of --dead and --all", "name documents, or give one of 'dead' and 'all'")]
    [InlineData("see 'tidemark queue status'; what a worker has in hand is left to it", "see 'GET queue'; what a worker has in hand is left to it")]
    [InlineData("use one of those that exist (--namespace a, b), or sync", "use one of those that exist (namespace=a, b), or sync")]
    [InlineData("send it anew, whole -- and as HTTP has it", "send it anew, whole -- and as HTTP has it")]
    [InlineData(
        "restore the store from a backup, and give it what was forgotten since with 'tidemark forget --reapply FILE'",
        "restore the store from a backup, and give it what was forgotten since with 'tidemark forget --reapply FILE' (on the command line, where the service runs)")]
    [InlineData("upgrade Tidemark, or name another store with --store", "upgrade Tidemark, or name another store with --store (on the command line, where the service runs)")]
    public void Commands_are_requests_and_flags_parameters(string shell, string http) => ServiceWords.Of(shell).ShouldBe(http);
}
