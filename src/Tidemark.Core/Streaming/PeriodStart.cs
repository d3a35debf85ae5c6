using Tidemark.Syncing;

namespace Tidemark.Streaming;

/// <param name="Followers">Makes the pipeline of a generation that follows; null: none is taken up.</param>
/// <param name="Former">The run of the periods before, which this one goes on with; null: it begins one.</param>
internal sealed record PeriodStart(FollowerOpening? Followers, WrittenRun? Former);
