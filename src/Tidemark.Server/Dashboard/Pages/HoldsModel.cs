using Tidemark.Records;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>What is kept whatever its age, and what must not come back.</summary>
internal sealed record HoldsModel(IReadOnlyList<Safeguard> Holds, IReadOnlyList<ReceiptSummary> Receipts)
{
    public static async Task<HoldsModel> ReadAsync(Call call)
    {
        var (_, forgotten) = await call.Index.ForgottenAsync(call.Namespace, call.Ended);
        return new HoldsModel(await call.Index.HoldsAsync(call.Namespace, call.Ended), ReceiptSummary.Of(forgotten));
    }
}
