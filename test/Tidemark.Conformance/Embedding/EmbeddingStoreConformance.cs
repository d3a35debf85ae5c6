using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Documents;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Conformance.Embedding;

/// <summary>What every <see cref="IEmbeddingStore"/> must do.</summary>
public abstract class EmbeddingStoreConformance : StoreConformance
{
    private static readonly CancellationToken None = CancellationToken.None;

    private IEmbeddingStore Embeddings => Store.Embeddings;

    [Fact]
    public async Task A_vector_comes_back_bit_by_bit()
    {
        await Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a")], replace: false, EmbeddingReceipt.None, None);

        var found = await Embeddings.FindAsync(TestVector.Space, [TestVector.InputOf("a")], None);

        found.Single().Input.ShouldBe(TestVector.InputOf("a"));
        found.Single().Vector.ToArray().ShouldBe(TestVector.Of("a"));
    }

    [Fact]
    public async Task Absent_inputs_are_left_out()
    {
        await Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a"), TestVector.Stored("b")], false, EmbeddingReceipt.None, None);
        ContentHash[] asked = [TestVector.InputOf("a"), TestVector.InputOf("x"), TestVector.InputOf("b")];

        var found = await Embeddings.FindAsync(TestVector.Space, asked, None);
        var contained = await Embeddings.ContainsAsync(TestVector.Space, asked, None);

        found.Select(e => e.Input).ShouldBe([asked[0], asked[2]], ignoreOrder: true);
        contained.ShouldBe([asked[0], asked[2]], ignoreOrder: true);
    }

    [Fact]
    public async Task A_space_that_nothing_was_stored_in_is_empty()
    {
        var nowhere = new EmbeddingSpace("nowhere", TestVector.Dimensions);

        (await Embeddings.FindAsync(nowhere, [TestVector.InputOf("a")], None)).ShouldBeEmpty();
        (await Embeddings.ContainsAsync(nowhere, [TestVector.InputOf("a")], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_spaces_never_mix()
    {
        var other = new EmbeddingSpace("other", TestVector.Dimensions);
        await Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a")], replace: false, EmbeddingReceipt.None, None);
        await Embeddings.PutAsync(other, [new StoredEmbedding(TestVector.InputOf("a"), TestVector.Of("z"))], false, EmbeddingReceipt.None, None);

        var found = await Embeddings.FindAsync(other, [TestVector.InputOf("a")], None);

        found.Single().Vector.ToArray().ShouldBe(TestVector.Of("z"));
    }

    [Fact]
    public async Task What_is_there_stays_unless_it_is_replaced()
    {
        var input = TestVector.InputOf("a");
        await Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a")], replace: false, EmbeddingReceipt.None, None);

        await Embeddings.PutAsync(TestVector.Space, [new StoredEmbedding(input, TestVector.Of("b"))], false, EmbeddingReceipt.None, None);
        (await Embeddings.FindAsync(TestVector.Space, [input], None)).Single().Vector.ToArray()
            .ShouldBe(TestVector.Of("a"));

        await Embeddings.PutAsync(TestVector.Space, [new StoredEmbedding(input, TestVector.Of("b"))], true, EmbeddingReceipt.None, None);
        (await Embeddings.FindAsync(TestVector.Space, [input], None)).Single().Vector.ToArray()
            .ShouldBe(TestVector.Of("b"));
    }

    [Fact]
    public async Task An_input_twice_in_one_call_is_stored_once()
    {
        await Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a"), TestVector.Stored("a")], false, EmbeddingReceipt.None, None);

        (await Embeddings.FindAsync(TestVector.Space, [TestVector.InputOf("a")], None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Hashes_that_begin_alike_are_told_apart()
    {
        var bytes = TestVector.InputOf("a").ToArray();
        bytes[^1] ^= 1;
        var twin = new ContentHash(bytes);
        await Embeddings.PutAsync(TestVector.Space, [TestVector.Stored("a")], replace: false, EmbeddingReceipt.None, None);

        (await Embeddings.ContainsAsync(TestVector.Space, [twin], None)).ShouldBeEmpty();

        await Embeddings.PutAsync(TestVector.Space, [new StoredEmbedding(twin, TestVector.Of("b"))], false, EmbeddingReceipt.None, None);
        (await Embeddings.FindAsync(TestVector.Space, [twin], None)).Single().Vector.ToArray()
            .ShouldBe(TestVector.Of("b"));
    }

    [Fact]
    public async Task A_vector_of_other_dimensions_is_refused()
    {
        await Should.ThrowAsync<ArgumentException>(async () => await Embeddings.PutAsync(
            TestVector.Space, [new StoredEmbedding(TestVector.InputOf("a"), new float[3])], replace: false, EmbeddingReceipt.None, None));

        (await Embeddings.ContainsAsync(TestVector.Space, [TestVector.InputOf("a")], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_writers_and_readers_at_once_lose_nothing()
    {
        var texts = Enumerable.Range(0, 200).Select(i => $"text {i}").ToArray();

        await Task.WhenAll(texts.Select(text => Task.Run(async () =>
        {
            await Embeddings.PutAsync(TestVector.Space, [TestVector.Stored(text)], replace: false, EmbeddingReceipt.None, None);
            _ = await Embeddings.ContainsAsync(TestVector.Space, [TestVector.InputOf(text)], None);
        })));

        (await Embeddings.ContainsAsync(TestVector.Space, [.. texts.Select(TestVector.InputOf)], None)).Count
            .ShouldBe(200);
    }
}
