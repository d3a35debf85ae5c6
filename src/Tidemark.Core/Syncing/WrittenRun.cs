using Tidemark.Records;

namespace Tidemark.Syncing;

/// <param name="Record">As it stands in the history.</param>
/// <param name="Report">All that it says.</param>
internal sealed record WrittenRun(RunRecord Record, SyncReport Report);
