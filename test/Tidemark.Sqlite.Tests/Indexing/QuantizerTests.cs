using System.Numerics.Tensors;
using Shouldly;
using Tidemark.Sqlite.Indexing;
using Xunit;

namespace Tidemark.Sqlite.Tests.Indexing;

public sealed class QuantizerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(384)]
    [InlineData(1536)]
    [InlineData(4096)]
    public void The_product_of_codes_approximates_the_cosine(int dimensions)
    {
        var random = new Random(dimensions);
        for (var i = 0; i < 50; i++)
        {
            var (vector, query) = (Vector(random, dimensions), Vector(random, dimensions));
            var (codes, numbers) = (new sbyte[dimensions], new short[dimensions]);
            var scale = Quantizer.Quantize(vector, codes) * (double)Quantizer.QuantizeQuery(query, numbers);
            var products = new int[1];

            Int8Kernel.Dot(numbers, codes, products);

            (products[0] * scale).ShouldBe(TensorPrimitives.CosineSimilarity<float>(vector, query), 0.02);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(384)]
    [InlineData(4096)]
    public void Every_path_of_the_kernel_gives_the_same_sum(int dimensions)
    {
        var random = new Random(dimensions);
        var query = new short[dimensions];
        var most = (short)Math.Min(short.MaxValue, int.MaxValue / 127 / dimensions);
        for (var i = 0; i < dimensions; i++)
        {
            query[i] = i % 3 == 0 ? most : (short)random.Next(-most, most + 1);
        }

        var codes = new sbyte[dimensions * 3];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = i < dimensions ? (sbyte)(query[i] < 0 ? -127 : 127) : (sbyte)random.Next(-127, 128);
        }

        var products = new int[3];
        Int8Kernel.Dot(query, codes, products);

        for (var vector = 0; vector < 3; vector++)
        {
            var slice = codes.AsSpan(vector * dimensions, dimensions);
            var expected = 0L;
            for (var i = 0; i < dimensions; i++)
            {
                expected += query[i] * slice[i];
            }

            ((long)products[vector]).ShouldBe(expected);
            ((long)Int8Kernel.DotPortable(query, slice)).ShouldBe(expected);
        }
    }

    [Fact]
    public void A_vector_that_has_no_direction_gives_zero_and_no_error()
    {
        float[][] vectors = [[0, 0], [float.NaN, 1], [float.PositiveInfinity, 1], [1e-45f, 0]];
        foreach (var vector in vectors)
        {
            var codes = new sbyte[2];

            float.IsFinite(Quantizer.Quantize(vector, codes)).ShouldBeTrue();
            float.IsFinite(Quantizer.QuantizeQuery(vector, new short[2])).ShouldBeTrue();
        }
    }

    private static float[] Vector(Random random, int dimensions) =>
        [.. Enumerable.Range(0, dimensions).Select(_ => (float)((random.NextDouble() - 0.5) * random.Next(1, 4)))];
}
