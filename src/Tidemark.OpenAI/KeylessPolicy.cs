using System.ClientModel.Primitives;

namespace Tidemark.OpenAI;

/// <summary>Sends no key, as servers on one's own machine want it; the client insists on having one.</summary>
internal sealed class KeylessPolicy : PipelinePolicy
{
    public const string Placeholder = "none";

    private const string Header = "Authorization";

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Remove(Header);
        ProcessNext(message, pipeline, currentIndex);
    }

    public override ValueTask ProcessAsync(
        PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        message.Request.Headers.Remove(Header);
        return ProcessNextAsync(message, pipeline, currentIndex);
    }
}
