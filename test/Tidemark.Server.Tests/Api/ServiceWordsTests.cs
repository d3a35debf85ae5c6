using System.Buffers;
using System.Text;
using Shouldly;
using Tidemark.Server.Problems;
using Xunit;

namespace Tidemark.Server.Tests.Api;

/// <summary>Whoever has an address and no shell is told what to send.</summary>
public sealed class ServiceWordsTests
{
    [Theory]
    [InlineData("run 'VerifyAsync(Repair)': it is embedded again", "send 'POST repair': it is embedded again")]
    [InlineData("run 'VerifyAsync(SOURCE, Repair)' with the source", "send 'POST repair with {\"source\":[\"SOURCE\"]}' with the source")]
    [InlineData("'HistoryAsync(\"a/b.md\")' lists what it was", "'GET history?document=a/b.md' lists what it was")]
    [InlineData("'MigrationStatusAsync()' says how things stand", "'GET migration' says how things stand")]
    [InlineData("promote it with 'PromoteMigrationAsync()', or give it up with 'CancelMigrationAsync()'", "promote it with 'POST migration/promote', or give it up with 'POST migration/cancel'")]
    [InlineData("ask in other words, or with SearchMode.Keyword, which asks no model", "ask in other words, or with mode=keyword, which asks no model")]
    [InlineData("let it finish, or wait for it with SyncOptions.Wait", "let it finish, or wait for it with 'Prefer: wait=SECONDS'")]
    [InlineData("make the same call with DeletionGuard.Off.", "send the same request with {\"allowDelete\":true}.")]
    [InlineData("when the hold is over: ReleaseHoldAsync(Source: \"a\")", "when the hold is over: DELETE holds?sourceId=a")]
    [InlineData("'RestoreAsync(\"a\", AsOf: TIME|RUN)' brings back what it was", "'POST restore with {\"document\":\"a\",\"asOf\":\"TIME|RUN\"}' brings back what it was")]
    [InlineData("ask without SearchOptions.AsOf for what there is now", "ask without asOf for what there is now")]
    [InlineData("name documents, or give one of DropOptions.Dead and DropOptions.All", "name documents, or give one of 'dead' and 'all'")]
    [InlineData("see 'Queue.ListAsync()'; what a worker has in hand is left to it", "see 'GET queue'; what a worker has in hand is left to it")]
    [InlineData("send it anew, whole -- and as HTTP has it", "send it anew, whole -- and as HTTP has it")]
    [InlineData("give it what was forgotten since with 'ReapplyAsync(FILE)'", "give it what was forgotten since with 'POST forgotten'")]
    [InlineData("upgrade Tidemark, or name another store with UseSqlite()", "upgrade Tidemark, or name another store with --store (on the command line, where the service runs)")]
    public void Calls_are_requests_and_options_parameters(string said, string http) => ServiceWords.Of(said).ShouldBe(http);

    [Fact]
    public void Every_key_of_a_remedy_has_words_here() =>
        RemedyKeys.All.Where(key => RemedyWords.KeysIn(ServiceWords.Of(key)).Any()).ShouldBeEmpty();

    [Fact]
    public void Remedies_in_an_answer_are_told_in_them_and_nothing_else_is()
    {
        var answer = new ArrayBufferWriter<byte>();

        ServiceJson.Write(answer, json => json.WriteRawValue("""
            {"errors":[{"item":"VerifyAsync(Repair)","remedy":"run 'VerifyAsync(Repair)'"}],"metadata":{"remedy":"RunsAsync()"},"text":"RunsAsync()"}
            """.Trim()));

        Encoding.UTF8.GetString(answer.WrittenSpan).ShouldBe("""
            {"errors":[{"item":"VerifyAsync(Repair)","remedy":"send 'POST repair'"}],"metadata":{"remedy":"RunsAsync()"},"text":"RunsAsync()"}
            """.Trim());
    }
}
