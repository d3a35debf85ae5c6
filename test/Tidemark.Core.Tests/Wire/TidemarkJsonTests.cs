using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shouldly;
using Tidemark.Indexing;
using Tidemark.Queueing;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Searching;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Verifying;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class TidemarkJsonTests
{
    private static readonly JsonSerializerOptions Mixed = new()
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(TidemarkJson.Resolver, new DefaultJsonTypeInfoResolver()),
        Encoder = TidemarkJson.WriterOptions.Encoder,
    };

    [Fact]
    public void A_result_serialises_as_the_command_line_prints_it()
    {
        Same(Reports.Run, SyncReportJson.Write);
        Same(Reports.Plan, SyncReportJson.Write);
        Same(new SearchResult("é", "s", 1, [new IndexHit(Reports.Chunk, 0.5)]), SearchResultJson.Write);
        Same(new VerifyReport { InSync = true }, VerifyReportJson.Write);
        Same(new WhyReport(Reports.Document, "default", Reports.Pipeline, []), WhyReportJson.Write);
        Same(new GarbageReport(1, 2, 3, 4, DryRun: false), GarbageReportJson.Write);
        Same(new EnqueueReport { Namespace = "default", Changes = new EnqueueResult(1, 2, 3) }, EnqueueReportJson.Write);
        Same(new WorkerReport { Total = Reports.Run }, WorkerReportJson.Write);
        Same(Reports.Namespace, NamespaceJson.Write);
        Same(Reports.Document, DocumentJson.Write);
        Same(Reports.Chunk, (json, chunk) => ChunkLineJson.Write(json, chunk));
    }

    [Fact]
    public void Within_somebody_s_own_types_it_is_the_same()
    {
        var text = JsonSerializer.Serialize(new Answer("a", [Reports.Run]), Mixed);

        text.ShouldBe($$"""{"Name":"a","Runs":[{{TidemarkJson.Serialize(Reports.Run)}}]}""");
    }

    [Fact]
    public void A_result_is_not_read_back() =>
        Should.Throw<NotSupportedException>(() => JsonSerializer.Deserialize("{}", TidemarkJson.SerializerOptions.GetTypeInfo(typeof(SyncReport))));

    [Fact]
    public void What_is_no_result_is_refused() => Should.Throw<NotSupportedException>(() => TidemarkJson.Serialize("text"));

    [Fact]
    public void Nobody_changes_the_options_for_others() => TidemarkJson.SerializerOptions.IsReadOnly.ShouldBeTrue();

    private static void Same<T>(T result, Action<Utf8JsonWriter, T> write)
        where T : class =>
        TidemarkJson.Serialize(result).ShouldBe(Printed.Of(json => write(json, result)));

    private sealed record Answer(string Name, IReadOnlyList<SyncReport> Runs);
}
