using Shouldly;
using Tidemark.Copying;
using Tidemark.Documents;
using Tidemark.Records;
using Tidemark.Verifying;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class SmallShapesTests
{
    [Fact]
    public void An_error_is_one_object_and_its_caller_may_know_more()
    {
        var failure = new TidemarkException("usage", "'-k' is '0'", "give it more");

        Printed.Of(json => ErrorJson.Write(json, failure)).ShouldBe("""
            {"error":{"code":"usage","message":"'-k' is '0'","remedy":"give it more"}}
            """);
        Printed.Of(json => ErrorJson.Write(json, failure, "give -k more", more => more.WriteNumber("least", 1))).ShouldBe("""
            {"error":{"code":"usage","message":"'-k' is '0'","remedy":"give -k more","least":1}}
            """);
    }

    [Fact]
    public void A_verification_counts_what_differs()
    {
        var report = new VerifyReport
        {
            InSync = false,
            Documents = 1,
            Chunks = 2,
            Records = 3,
            Vectors = 4,
            Keywords = 5,
            Missing = 6,
            LostEmbeddings = 2,
            Orphaned = 7,
            Stale = 8,
            Corrupt = 9,
            Source = new SourceDrift(10, 11, 12, 13, 14),
            Repaired = 15,
            EmbeddingCalls = 16,
            Errors = [new ItemFailure("docs/a.md", "store.corrupt", "damaged", "repair it", HidesDocuments: false)],
        };

        Printed.Of(json => VerifyReportJson.Write(json, report)).ShouldBe(Printed.Line("""
            {"inSync":false,"documents":1,"chunks":2,"records":3,"vectors":4,"keywords":5,"missing":6,"lostEmbeddings":2,"orphaned":7,"stale":8,"corrupt":9,
            "sourceMissing":10,"sourceExtra":11,"sourceChanged":12,"sourceOutdated":13,"sourceFailed":14,"repaired":15,
            "embeddingCalls":16,"errors":[{"item":"docs/a.md","code":"store.corrupt","message":"damaged","remedy":"repair it"}],"warnings":[]}
            """));
    }

    [Fact]
    public void Namespaces_are_an_array() =>
        Printed.Of(json => NamespaceJson.Write(json, [Reports.Namespace, new NamespaceSummary { Name = "new" }])).ShouldBe(Printed.Line("""
            [{"namespace":"default","documents":3,"chunks":4,"sequence":5,
            "generation":{"id":2,"space":"hashing:384","chunker":"structured;1","stemming":null,"state":"active"},
            "lastCompleteSync":"2026-01-02T12:00:00Z"},
            {"namespace":"new","documents":0,"chunks":0,"sequence":0,"generation":null,"lastCompleteSync":null}]
            """));

    [Fact]
    public void A_namespace_that_was_dropped_says_what_went_with_it() =>
        Printed.Of(json => NamespaceJson.WriteDropped(json, Reports.Namespace)).ShouldBe("""
            {"namespace":"default","dropped":true,"documents":3,"chunks":4}
            """);

    [Fact]
    public void Garbage_is_counted() =>
        Printed.Of(json => GarbageReportJson.Write(json, new GarbageReport(1, 2, 3, 4, DryRun: false) { Runs = 5 })).ShouldBe("""
            {"documents":1,"chunks":2,"embeddings":3,"bytes":4,"runs":5,"dryRun":false}
            """);

    [Fact]
    public void What_would_be_removed_says_nothing_of_runs() =>
        Printed.Of(json => GarbageReportJson.Write(json, new GarbageReport(1, 2, 3, 4, DryRun: true))).ShouldBe("""
            {"documents":1,"chunks":2,"embeddings":3,"bytes":4,"runs":null,"dryRun":true}
            """);

    [Fact]
    public void A_copy_is_counted()
    {
        var report = new StoreCopyReport
        {
            Namespaces = 1,
            Documents = 2,
            Chunks = 3,
            Embeddings = 4,
            FormerStates = 5,
            Runs = 6,
            Rows = 7,
            RowsWritten = 8,
        };

        Printed.Of(json => StoreCopyReportJson.Write(json, "sqlite:a.db", "postgres://h/d", report)).ShouldBe(Printed.Line("""
            {"from":"sqlite:a.db","to":"postgres://h/d","verified":true,"namespaces":1,"documents":2,"chunks":3,"embeddings":4,
            "formerStates":5,"runs":6,"rows":7,"rowsWritten":8,"embeddingCalls":0}
            """));
    }
}
