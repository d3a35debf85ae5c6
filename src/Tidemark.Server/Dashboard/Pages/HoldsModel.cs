using Tidemark.Records;
using Tidemark.Server.Http;

namespace Tidemark.Server.Dashboard.Pages;

/// <summary>What is kept whatever its age, and what must not come back.</summary>
/// <param name="Forgotten">By hash: what is forgotten has no name here.</param>
internal sealed record HoldsModel(IReadOnlyList<Safeguard> Holds, IReadOnlyList<Safeguard> Forgotten)
{
    public static async Task<HoldsModel> ReadAsync(Call call)
    {
        var (_, forgotten) = await call.Index.ForgottenAsync(call.Namespace, call.Ended);
        return new HoldsModel(await call.Index.HoldsAsync(call.Namespace, call.Ended), forgotten);
    }
}
