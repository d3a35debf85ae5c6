using System.IO.Compression;
using Shouldly;
using Tidemark.Embedding;
using Tidemark.ProviderServer;
using Tidemark.Records;
using Xunit;

namespace Tidemark.OpenAI.Tests;

/// <summary>An answer takes no more memory than what was asked for can need, packed or not, good or bad.</summary>
public sealed class BoundTests
{
    private const long Unpacked = 1L << 30;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_packed_answer_that_grows_without_measure_is_given_up_early(string encoding)
    {
        await using var bench = await ProviderBench.StartAsync();
        var bomb = Bomb(encoding, """{"object":"list","data":[""");
        bench.Host.Reply = _ => new ProviderReply.Raw(200, bomb, ("Content-Encoding", encoding));
        using var generator = new OpenAIEmbeddingGenerator(bench.Options, TimeProvider.System);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var failure = await Should.ThrowAsync<EmbeddingRequestException>(() => generator.GenerateAsync(["a"]));

        failure.Fault.ShouldBe(EmbeddingFault.Invalid);
        failure.Message.ShouldContain("longer than");
        GC.GetTotalMemory(forceFullCollection: false).ShouldBeLessThan(Unpacked / 4);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Unpacked / 4);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(500)]
    [InlineData(400)]
    public async Task An_answer_without_end_ends(int status)
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.Host.Reply = _ => new ProviderReply.Endless(status, "[[[[ 0.125, ");
        using var generator = new OpenAIEmbeddingGenerator(bench.Options, TimeProvider.System);

        var failure = await Should.ThrowAsync<EmbeddingRequestException>(() => generator.GenerateAsync(["a"]));

        failure.Fault.ShouldBe(status switch
        {
            200 => EmbeddingFault.Invalid,
            500 => EmbeddingFault.Transient,
            _ => EmbeddingFault.Refused,
        });
    }

    [Fact]
    public async Task What_was_asked_for_fits_however_it_is_written()
    {
        await using var bench = await ProviderBench.StartAsync();
        bench.BatchSize = 2000;
        bench.Host.Reply = _ => new ProviderReply.Vectors { Float = true };

        var report = await bench.SyncAsync(ProviderBench.Documents(5000));

        report.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await bench.CountRightVectorsAsync()).ShouldBe(5000);
    }

    [Fact]
    public async Task A_provider_that_answers_only_bombs_ends_the_run()
    {
        await using var bench = await ProviderBench.StartAsync();
        var bomb = Bomb("gzip", "[");
        bench.Host.Reply = _ => new ProviderReply.Raw(200, bomb, ("Content-Encoding", "gzip"));

        var failure = await Should.ThrowAsync<TidemarkException>(() => bench.SyncAsync(ProviderBench.Documents(30)));

        failure.Code.ShouldBe(ErrorCodes.EmbeddingInvalid);
        bench.Host.Requests.Count.ShouldBeLessThan(10);
    }

    private static byte[] Bomb(string encoding, string piece)
    {
        using var packed = new MemoryStream();
        var block = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length)));
        using (Stream pack = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            for (var written = 0L; written < Unpacked; written += block.Length)
            {
                pack.Write(block);
            }
        }

        return packed.ToArray();
    }
}
