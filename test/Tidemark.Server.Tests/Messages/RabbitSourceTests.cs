using Tidemark.Conformance.Sources;
using Tidemark.Conformance.Syncing;
using Xunit;

namespace Tidemark.Server.Tests.Messages;

/// <summary>Messages of a broker are a source like every other.</summary>
public sealed class RabbitSourceTests : ChangeSourceConformance
{
    private const string Variable = "TIDEMARK_TEST_RABBITMQ";

    protected override async ValueTask<ChangeWorld> MakeAsync(CountingGenerator model)
    {
        var url = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(url), $"{Variable} is not set; eval \"$(eng/services start rabbitmq)\" sets it");
        return await RabbitWorld.MakeAsync(url!, model);
    }
}
