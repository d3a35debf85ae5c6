using Shouldly;
using Tidemark.Records;
using Tidemark.Server.Dashboard.Pages;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

public sealed class ReceiptSummaryTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_forgotten_at_once_has_one_receipt_and_the_newest_stands_first()
    {
        var receipts = ReceiptSummary.Of(
        [
            Forgotten(SafeguardScope.Document, "1", "old", At), Forgotten(SafeguardScope.SourceId, "2", "new", At.AddHours(1)),
            Forgotten(SafeguardScope.Document, "3", "new", At.AddHours(1)), Forgotten(SafeguardScope.Document, "4", "new", At.AddHours(1)),
        ]);

        receipts.Select(receipt => (receipt.Id, receipt.At, receipt.Documents, receipt.SourceIds)).ShouldBe([("new", At.AddHours(1), 2, 1), ("old", At, 1, 0)]);
        receipts[0].Forgotten.Select(one => one.Name).ShouldBe(["2", "3", "4"]);
    }

    [Fact]
    public void One_of_it_that_is_not_finished_leaves_the_whole_unfinished()
    {
        var receipt = ReceiptSummary.Of(
            [Forgotten(SafeguardScope.Document, "1", "same", At), Forgotten(SafeguardScope.Document, "2", "same", At).Begun()]).ShouldHaveSingleItem();

        receipt.IsUnfinished.ShouldBeTrue();
        receipt.Id.ShouldBe("same");
        receipt.Forgotten.Count.ShouldBe(2);
    }

    private static Safeguard Forgotten(SafeguardScope scope, string name, string receipt, DateTimeOffset at) =>
        new(SafeguardKind.Forgotten, scope, name, receipt, at);
}
