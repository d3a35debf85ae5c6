using Shouldly;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Records;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class PipelineComparisonTests
{
    private static readonly PipelineIdentity Built = new("structured;800", "text", "model?document=a", 32);

    [Fact]
    public void What_differs_most_is_the_cause()
    {
        Cause(Built with { Space = "other?document=a", Chunker = "x", Input = "y" }).ShouldBe(EmbeddingCause.Model);
        Cause(Built with { Space = "model?document=b", Chunker = "x", Input = "y" }).ShouldBe(EmbeddingCause.Template);
        Cause(Built with { Chunker = "x", Input = "y" }).ShouldBe(EmbeddingCause.Chunker);
        Cause(Built with { Input = "y" }).ShouldBe(EmbeddingCause.Template);
        Cause(Built).ShouldBe(EmbeddingCause.Unknown);
    }

    [Fact]
    public void All_that_differs_is_named()
    {
        Changes(Built).ShouldBe(ChangedInputs.None);
        Changes(new PipelineIdentity("c", "text;normalized;2", "other?document=b", 32) { Index = "chroma:x" }).ShouldBe(
            ChangedInputs.Model | ChangedInputs.Template | ChangedInputs.Chunker | ChangedInputs.Normalization | ChangedInputs.Index);
        Changes(Built with { Space = "model?document=a&query=q" }).ShouldBe(ChangedInputs.Template);
        Changes(Built with { Space = "model?document=a&normalize=true" }).ShouldBe(ChangedInputs.Normalization);
        Changes(Built with { Space = "model?document=a&input=256" }).ShouldBe(ChangedInputs.Chunker);
        Changes(Built with { Space = "model?document=a&revision=2" }).ShouldBe(ChangedInputs.Model);
        Changes(Built with { Space = "model" }).ShouldBe(ChangedInputs.Template);
    }

    [Theory]
    [InlineData(EmbeddingCause.Unknown, "rebuild")]
    [InlineData(EmbeddingCause.Template, "template")]
    [InlineData(EmbeddingCause.Model, "model")]
    [InlineData(EmbeddingCause.Chunker, "chunker")]
    public void A_plan_says_it_in_a_word(EmbeddingCause cause, string name) =>
        PipelineComparison.NameOf(cause).ShouldBe(name);

    [Fact]
    public void A_refusal_names_exactly_what_differs_and_both_ways_on()
    {
        var all = PipelineComparison.Refusal(
            "n", Built, new PipelineIdentity("c", "i", "s", 32) { Index = "chroma:x" });
        all.Code.ShouldBe(ErrorCodes.PipelineChanged);
        all.Message.ShouldBe(
            "the namespace 'n' was built with another pipeline: embedder was 'model?document=a', now is 's'; "
            + "chunker was 'structured;800', now is 'c'; embedding input was 'text', now is 'i'; index was 'store', now is 'chroma:x'");
        all.Remedy.ShouldContain("leave the settings as they were");
        all.Remedy.ShouldContain("new to the embedding store");

        PipelineComparison.Refusal("n", Built, Built with { Chunker = "c" }).Message
            .ShouldEndWith("pipeline: chunker was 'structured;800', now is 'c'");
    }

    [Fact]
    public void A_namespace_goes_on_with_the_pipeline_that_it_was_built_with()
    {
        var empty = new NamespaceRecord("n", 1, null);
        var known = empty with { Generation = new GenerationRecord(2, Built, GenerationState.Active) };

        Should.NotThrow(() => PipelineComparison.Require(empty, Built));
        Should.NotThrow(() => PipelineComparison.Require(known, Built));
        Should.Throw<TidemarkException>(() => PipelineComparison.Require(known, Built with { Input = PipelineIdentity.InputOf(isNormalized: false, "english") }))
            .Message.ShouldEndWith("pipeline: stemming was 'none', now is 'english'");
        PipelineComparison.Refusal("n", Built with { Input = PipelineIdentity.InputOf(isNormalized: false, "english") }, Built)
            .Message.ShouldEndWith("pipeline: stemming was 'english', now is 'none'");
        Changes(Built with { Input = PipelineIdentity.InputOf(isNormalized: false, "english") }).ShouldBe(ChangedInputs.Stemming);
    }

    [Theory]
    [InlineData(3, GenerationState.Candidate, true, "'PromoteMigrationAsync()'")]
    [InlineData(1, GenerationState.Previous, true, "'RollBackMigrationAsync()'")]
    [InlineData(3, GenerationState.Building, true, "'StartMigrationAsync()'")]
    [InlineData(3, GenerationState.Candidate, false, "'StartMigrationAsync()'")]
    public void Who_runs_with_the_settings_of_a_migration_is_told_of_it(long id, GenerationState state, bool same, string remedy)
    {
        var wanted = Built with { Chunker = "c" };
        var known = new NamespaceRecord("n", 1, new GenerationRecord(2, Built, GenerationState.Active))
        {
            Beside = new GenerationRecord(id, same ? wanted : Built with { Chunker = "d" }, state),
        };

        var refusal = PipelineComparison.Refusal(known, wanted);

        refusal.Code.ShouldBe(ErrorCodes.PipelineChanged);
        refusal.Message.ShouldEndWith("pipeline: chunker was 'structured;800', now is 'c'");
        refusal.Remedy.ShouldContain(remedy);
    }

    private static ChangedInputs Changes(PipelineIdentity wanted) => PipelineComparison.ChangesOf(Built, wanted);

    private static EmbeddingCause Cause(PipelineIdentity wanted) => PipelineComparison.CauseOf(Built, wanted);
}
