using Microsoft.Extensions.AI;
using Shouldly;
using Tidemark.Conformance.InMemory;
using Tidemark.Conformance.Syncing;
using Tidemark.Documents;
using Tidemark.Embedding;
using Tidemark.Indexing;
using Xunit;

namespace Tidemark.Tests.Embedding;

public sealed class EmbeddingPipelineTests
{
    private static readonly EmbeddingSpace Space = new("counting:32", CountingGenerator.Dimensions);

    private static readonly EmbeddingPurpose Text = new(1, EmbeddingCause.Text);

    private readonly InMemoryStore _store = new();
    private readonly CountingGenerator _generator = new();

    [Fact]
    public async Task Each_distinct_input_is_sent_once_and_stored()
    {
        var pipeline = Make(_generator);

        var vectors = await pipeline.EmbedAsync([Input("a"), Input("b"), Input("a")], Text, CancellationToken.None);

        _generator.Asked.ShouldBe(["a", "b"]);
        vectors.Vectors.Count.ShouldBe(2);
        pipeline.Usage.ShouldBe(new EmbeddingUsage(1, 2, 2));
        (await _store.Embeddings.FindAsync(Space, [Input("a").Hash], CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_the_store_has_is_not_sent()
    {
        await Make(_generator).EmbedAsync([Input("a")], Text, CancellationToken.None);

        var pipeline = Make(_generator);
        await pipeline.EmbedAsync([Input("a"), Input("b")], Text, CancellationToken.None);

        _generator.Asked.ShouldBe(["a", "b"]);
        pipeline.Usage.Inputs.ShouldBe(1);
    }

    [Fact]
    public async Task Batches_hold_no_more_than_the_model_takes()
    {
        var pipeline = Make(_generator, batchSize: 4);

        await pipeline.EmbedAsync([.. Enumerable.Range(0, 10).Select(i => Input($"{i}"))], Text, CancellationToken.None);

        pipeline.Usage.Requests.ShouldBe(3);
    }

    [Fact]
    public async Task Two_batches_under_way_do_not_ask_for_the_same_input()
    {
        using var gate = new GatedGenerator(_generator);
        var pipeline = Make(gate);

        var first = pipeline.EmbedAsync([Input("a"), Input("b")], Text, CancellationToken.None);
        var second = pipeline.EmbedAsync([Input("b"), Input("a")], Text, CancellationToken.None);
        gate.Open();

        (await first).Vectors.Count.ShouldBe(2);
        (await second).Vectors.Count.ShouldBe(2);
        _generator.Asked.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_failed_batch_fails_those_who_waited_for_it_and_may_be_asked_again()
    {
        using var gate = new GatedGenerator(_generator) { Fails = true };
        var pipeline = Make(gate);

        var first = pipeline.EmbedAsync([Input("a")], Text, CancellationToken.None);
        var second = pipeline.EmbedAsync([Input("a")], Text, CancellationToken.None);
        gate.Open();

        await Should.ThrowAsync<InvalidOperationException>(() => first);
        await Should.ThrowAsync<Exception>(() => second);
        gate.Fails = false;
        (await pipeline.EmbedAsync([Input("a")], Text, CancellationToken.None)).Vectors.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Forced_inputs_are_sent_although_they_are_stored_but_once_in_a_run()
    {
        await Make(_generator).EmbedAsync([Input("a")], Text, CancellationToken.None);

        var pipeline = Make(_generator);
        await pipeline.EmbedAsync([Input("a")], Text with { Force = true }, CancellationToken.None);
        await pipeline.EmbedAsync([Input("a")], Text with { Force = true }, CancellationToken.None);

        pipeline.Usage.Inputs.ShouldBe(1);
        _generator.Asked.ShouldBe(["a", "a"]);
    }

    [Theory]
    [InlineData(0f, "zero")]
    [InlineData(float.NaN, "not finite")]
    [InlineData(float.PositiveInfinity, "not finite")]
    public async Task A_vector_that_cannot_be_right_is_refused_and_not_stored(float component, string complaint)
    {
        var vector = new float[CountingGenerator.Dimensions];
        vector[3] = component;
        var pipeline = Make(new FixedGenerator(vector));

        var refusal = await Should.ThrowAsync<ItemException>(
            () => pipeline.EmbedAsync([Input("a")], Text, CancellationToken.None));

        refusal.Code.ShouldBe(ErrorCodes.EmbeddingInvalid);
        refusal.Message.ShouldContain(complaint);
        (await _store.Embeddings.FindAsync(Space, [Input("a").Hash], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Other_dimensions_or_another_count_are_refused()
    {
        (await Should.ThrowAsync<ItemException>(() => Make(new FixedGenerator([1f])).EmbedAsync(
            [Input("a")], Text, CancellationToken.None))).Message.ShouldContain("dimensions");
        (await Should.ThrowAsync<ItemException>(() => Make(new FixedGenerator(CountingGenerator.VectorOf("x"))).EmbedAsync(
            [Input("a"), Input("b")], Text, CancellationToken.None))).Message.ShouldContain("1 vector came back for 2 inputs");
    }

    private EmbeddingPipeline Make(IEmbeddingGenerator<string, Embedding<float>> generator, int batchSize = 100) => new(
        _store.EmbeddingPorts(TimeProvider.System), new EmbeddingModel { Space = Space, Generator = generator, BatchSize = batchSize });

    private static EmbeddingInput Input(string text) => new(ContentHash.Of(text), text, default);

    /// <summary>Answers nothing until it is opened.</summary>
    private sealed class GatedGenerator(CountingGenerator inner) : IEmbeddingGenerator<string, Embedding<float>>
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Fails { get; set; }

        public void Open() => _gate.SetResult();

        public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            await _gate.Task;
            return Fails
                ? throw new InvalidOperationException("The provider is down.")
                : await inner.GenerateAsync(values, options, cancellationToken);
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }

    /// <summary>Always answers with one vector.</summary>
    private sealed class FixedGenerator(float[] vector) : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>([new Embedding<float>(vector)]));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
