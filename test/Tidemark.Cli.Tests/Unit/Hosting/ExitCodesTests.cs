using Shouldly;
using Tidemark.Cli.Hosting;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Cli.Tests.Unit.Hosting;

public sealed class ExitCodesTests
{
    private static readonly GuardReport Guard = new(11, 0.5, "docs", "tidemark sync docs --allow-delete");

    private static readonly ItemFailure Failure =
        new("line 1", ErrorCodes.SourceMalformed, "message", "remedy", HidesDocuments: true);

    [Theory]
    [InlineData(RunOutcome.Succeeded, false, false, 0)]
    [InlineData(RunOutcome.Partial, false, true, 3)]
    [InlineData(RunOutcome.Guarded, true, false, 5)]
    [InlineData(RunOutcome.Partial, true, true, 5)]
    [InlineData(RunOutcome.Cancelled, true, true, 130)]
    [InlineData(RunOutcome.Failed, true, true, 1)]
    public void Of_several_reasons_the_strongest_counts(RunOutcome outcome, bool guarded, bool failed, int expected) =>
        ExitCodes.Of(Report(outcome, guarded, failed)).ShouldBe(expected);

    [Theory]
    [InlineData(RunOutcome.Succeeded, false, false, 0)]
    [InlineData(RunOutcome.Partial, false, true, 0)]
    [InlineData(RunOutcome.Guarded, true, true, 5)]
    public void A_plan_is_done_or_would_hold_something_back(
        RunOutcome outcome, bool guarded, bool failed, int expected) =>
        ExitCodes.Of(Report(outcome, guarded, failed) with { Changes = [] }).ShouldBe(expected);

    [Theory]
    [InlineData(ErrorCodes.Usage, 2)]
    [InlineData(ErrorCodes.StoreMissing, 2)]
    [InlineData(ErrorCodes.StoreNotEmpty, 2)]
    [InlineData(ErrorCodes.StoreCopy, 1)]
    [InlineData(ErrorCodes.PipelineChanged, 2)]
    [InlineData(ErrorCodes.StoreForeign, 7)]
    [InlineData(ErrorCodes.StoreNewer, 7)]
    [InlineData(ErrorCodes.RunLocked, 6)]
    [InlineData(ErrorCodes.StoreFull, 1)]
    [InlineData(ErrorCodes.Internal, 1)]
    public void An_error_code_has_its_exit_code(string code, int expected) =>
        ExitCodes.Of(new TidemarkException(code, "message", "remedy")).ShouldBe(expected);

    private static SyncReport Report(RunOutcome outcome, bool guarded, bool failed) => new()
    {
        Namespace = "default",
        Cleanup = "full",
        Outcome = outcome,
        Documents = new DocumentCounts(1, 0, 0, 0, 0, 0, 0, 0, failed ? 1 : 0),
        Chunks = new ChunkCounts(0, 0, 0, 0),
        Embedding = new EmbeddingCounts("hashing:384", 0, 0, 0, 0, new AvoidedTokens(0, 0), 0),
        Guard = guarded ? Guard : null,
        Errors = failed ? [Failure] : [],
    };
}
