using System.Net.Sockets;
using Microsoft.Extensions.AI;
using Shouldly;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Tests.Embedding;

public sealed class QueryEmbedderTests
{
    [Fact]
    public async Task Where_nobody_is_at_the_address_a_question_is_sent_three_times_and_no_more()
    {
        var asked = 0;
        var generator = new CountingGenerator
        {
            Before = _ =>
            {
                asked++;
                throw new HttpRequestException(
                    HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused));
            },
        };
        var model = new EmbeddingModel
        {
            Space = new EmbeddingSpace("counting:32", CountingGenerator.Dimensions),
            Generator = generator,
            Requests = new EmbeddingRequestOptions(),
        };

        var failure = await Should.ThrowAsync<EmbeddingRequestException>(
            new QueryEmbedder(model, TimeProvider.System).EmbedAsync("who?", CancellationToken.None));

        (asked, failure.Code).ShouldBe((3, ErrorCodes.EmbeddingUnavailable));
    }
}
