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

    private static ChangedInputs Changes(PipelineIdentity wanted) => PipelineComparison.ChangesOf(Built, wanted);

    private static EmbeddingCause Cause(PipelineIdentity wanted) => PipelineComparison.CauseOf(Built, wanted);
}
