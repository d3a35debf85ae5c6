using System.Text.Json;
using Shouldly;
using Tidemark.Syncing;
using Tidemark.Wire;
using Xunit;

namespace Tidemark.Tests.Wire;

public sealed class ApprovedPlanJsonTests
{
    private static readonly ApprovedPlan Plan = new()
    {
        Sequence = 11,
        Generation = 2,
        Tokens = 5,
        Cost = 0.0001m,
        Changes = Reports.Plan.Changes!,
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_plan_is_read_as_it_was_written(bool hasPrice)
    {
        var plan = Plan with { Cost = hasPrice ? Plan.Cost : null };
        using var json = JsonDocument.Parse(Printed.OfMembers(json => ApprovedPlanJson.WriteMembers(json, plan)));

        var read = ApprovedPlanJson.Read(json.RootElement, "print");

        read.Fingerprint.ShouldBe("print");
        (read with { Fingerprint = null, Changes = plan.Changes }).ShouldBe(plan);

        // How many chunks would only be patched is not kept: nothing is decided by it.
        read.Changes.ShouldBe(plan.Changes.Select(change => change with { Chunks = change.Chunks with { Patched = 0 } }));
    }

    [Fact]
    public void What_is_approved_names_what_would_be_written() =>
        Printed.OfMembers(json => ApprovedPlanJson.WriteMembers(json, Plan)).ShouldBe(Printed.Line("""
            {"sequence":11,"generation":2,"price":{"tokens":5,"cost":0.0001,"currency":"USD"},
            "changes":[{"document":"docs/a.md","change":"edited","reason":"text",
            "chunks":{"added":1,"unchanged":3,"deleted":4},"changed":["text","metadata"],"embedded":1,"reused":0.75,"tokens":5,
            "digest":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"},
            {"document":"docs/c.md","change":"moved","reason":"moved","from":"docs/b.md",
            "chunks":{"added":0,"unchanged":1,"deleted":0},"changed":[],"embedded":0,"reused":1,"tokens":0}]}
            """));

    [Theory]
    [InlineData("""{"sequence":1,"generation":1,"changes":[]}""", typeof(KeyNotFoundException))]
    [InlineData("""{"sequence":"1","generation":1,"price":{"tokens":1,"cost":null},"changes":[]}""", typeof(InvalidOperationException))]
    [InlineData("""{"sequence":1.5,"generation":1,"price":{"tokens":1,"cost":null},"changes":[]}""", typeof(FormatException))]
    public void What_is_no_plan_is_refused(string text, Type refusal)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;

        Should.Throw(() => ApprovedPlanJson.Read(root, null), refusal);
    }
}
