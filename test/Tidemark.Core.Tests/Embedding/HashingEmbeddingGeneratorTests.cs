using System.Buffers.Binary;
using System.Numerics.Tensors;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Tests.Embedding;

public sealed class HashingEmbeddingGeneratorTests
{
    /// <summary>Pins the bits: a change of any of them makes every stored vector wrong, so it needs a new space name.</summary>
    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog.", "f438a9d4e95c1b2494fbc5b51eb4550479378f9e724027ecfce5c18d20eb5182")]
    [InlineData("Déjà vu: naïve Größe, Ελληνικά, Русский, 知识图谱, สวัสดี, 🙂 2024-05-17 snake_case", "fe976189a56ef1489b2a5b5dcf226f9a3a08333a4c81c62c0d03d19f13622acf")]
    [InlineData("", "373421642a44f7412f4316b06f4e62f24ef7b30c879338577170cfadcf591baa")]
    public async Task The_same_text_gives_the_same_bits_on_every_machine(string text, string sha256)
    {
        var vector = await EmbedAsync(text);

        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        ContentHash.Of(bytes.AsSpan()).ToString().ShouldBe(sha256);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n")]
    [InlineData("!?… --- ***")]
    [InlineData("\0")]
    [InlineData("\ud800")]
    [InlineData("\u0301")]
    public async Task A_text_without_words_still_gives_a_unit_vector(string text) =>
        TensorPrimitives.Norm(await EmbedAsync(text)).ShouldBe(1, 1e-6);

    [Fact]
    public void Any_text_gives_a_unit_vector_and_what_was_embedded_before_does_not_matter() =>
        Prop.ForAll<string, string>((before, text) =>
        {
            using var used = new HashingEmbeddingGenerator(64);
            Embed(used, before + string.Join(' ', Enumerable.Range(0, 700)));
            using var fresh = new HashingEmbeddingGenerator(64);

            var vector = Embed(used, text ?? "");

            vector.ShouldBe(Embed(fresh, text ?? ""));
            TensorPrimitives.Norm(vector).ShouldBe(1, 1e-6);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("install the operator", "Installing operators", "delete a namespace")]
    [InlineData("naive cafe", "Naïve CAFÉ", "naval cargo")]
    [InlineData("知识图谱", "企业知识图谱平台", "今天天气很好")]
    [InlineData("übersetzung", "Übersetzungen", "überholspur")]
    public async Task Shared_words_and_parts_of_words_bring_texts_near(string text, string near, string far)
    {
        var (query, similar, other) = (await EmbedAsync(text), await EmbedAsync(near), await EmbedAsync(far));

        var nearScore = TensorPrimitives.Dot<float>(query, similar);
        var farScore = TensorPrimitives.Dot<float>(query, other);

        nearScore.ShouldBeGreaterThan(farScore + 0.2f);
    }

    [Fact]
    public async Task Case_accents_and_their_encoding_make_no_difference() =>
        (await EmbedAsync("Cafe\u0301 NAÏVE")).ShouldBe(await EmbedAsync("café naive"));

    [Fact]
    public void A_word_weighs_one_plus_the_logarithm_of_its_count()
    {
        for (var count = 1; count < 5000; count++)
        {
            var exact = 64 * (1 + Math.Log(count));
            ((double)HashingFeatures.Weight(count)).ShouldBe(exact, exact * 0.05);
        }
    }

    [Theory]
    [InlineData(15)]
    [InlineData(4097)]
    [InlineData(-1)]
    public void Dimensions_out_of_range_are_refused(int dimensions) =>
        Should.Throw<TidemarkException>(() => HashingModel.Create(dimensions))
            .Code.ShouldBe(ErrorCodes.ConfigurationInvalid);

    [Fact]
    public async Task Answers_come_in_the_order_of_the_inputs_and_from_many_threads_at_once()
    {
        using var generator = new HashingEmbeddingGenerator(64);
        var texts = Enumerable.Range(0, 200).Select(i => $"text number {i}").ToArray();
        var expected = texts.Select(t => Embed(generator, t)).ToArray();

        await Parallel.ForAsync(0, 16, async (_, cancellation) =>
        {
            var answer = await generator.GenerateAsync(texts, cancellationToken: cancellation);
            answer.Select(e => e.Vector.ToArray()).ShouldBe(expected);
        });
    }

    private static async Task<float[]> EmbedAsync(string text)
    {
        using var generator = new HashingEmbeddingGenerator(384);
        return (await generator.GenerateAsync([text])).Single().Vector.ToArray();
    }

    private static float[] Embed(HashingEmbeddingGenerator generator, string text) =>
        generator.GenerateAsync([text]).GetAwaiter().GetResult().Single().Vector.ToArray();
}
