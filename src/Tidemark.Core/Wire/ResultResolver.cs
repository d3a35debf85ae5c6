using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tidemark.Judging;
using Tidemark.Lifecycle;
using Tidemark.Migrating;
using Tidemark.Records;
using Tidemark.Reporting;
using Tidemark.Searching;
using Tidemark.Serving;
using Tidemark.Streaming;
using Tidemark.Syncing;
using Tidemark.Verifying;

namespace Tidemark.Wire;

/// <summary>The results that are one object, each with the class that writes it.</summary>
internal sealed class ResultResolver : IJsonTypeInfoResolver
{
    private static readonly Dictionary<Type, Func<JsonSerializerOptions, JsonTypeInfo>> Results = new(
    [
        Of<SyncReport>(SyncReportJson.Write),
        Of<WorkerReport>(WorkerReportJson.Write),
        Of<WatchReport>(WatchReportJson.Write),
        Of<EnqueueReport>(EnqueueReportJson.Write),
        Of<SearchResult>(SearchResultJson.Write),
        Of<StatusReport>(StatusReportJson.Write),
        Of<CostComparison>(CostJson.Write),
        Of<VerifyReport>(VerifyReportJson.Write),
        Of<WhyReport>(WhyReportJson.Write),
        Of<GoldenReport>(GoldenRunJson.Write),
        Of<GoldenRecording>(GoldenQueryJson.Write),
        Of<GoldenComparison>(GoldenComparisonJson.Write),
        Of<GarbageReport>(GarbageReportJson.Write),
        Of<AccessKey>(AccessKeyJson.Write),
        Of<NewAccessKey>(AccessKeyJson.Write),
        Of<AuditEntry>(AuditEntryJson.Write),
        Of<ArchivedDocument>(ArchivedDocumentJson.Write),
        Of<LifecycleReport>(LifecycleReportJson.Write),
        Of<MigrationStatus>(MigrationJson.Write),
        Of<MigrationSwitch>(MigrationJson.Write),
        Of<NamespaceSummary>(NamespaceJson.Write),
        Of<DocumentSummary>(DocumentJson.Write),
        Of<IndexedChunk>((json, chunk) => ChunkLineJson.Write(json, chunk)),
    ]);

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => Results.GetValueOrDefault(type)?.Invoke(options);

    private static KeyValuePair<Type, Func<JsonSerializerOptions, JsonTypeInfo>> Of<T>(Action<Utf8JsonWriter, T> write)
        where T : class =>
        new(typeof(T), options => JsonMetadataServices.CreateValueInfo<T>(options, new ResultConverter<T>(write)));
}
