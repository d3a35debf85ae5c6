namespace Tidemark.Server;

/// <summary>What became of messages that a hook took. All of it is safe.</summary>
/// <param name="Enqueued">Changes that are in the queue now.</param>
/// <param name="Outdated">Changes that were older than what waits, or the same.</param>
/// <param name="Forgotten">Changes of what was forgotten.</param>
/// <param name="Ignored">Events of no concern.</param>
/// <param name="Dead">Events of which no document can be made; each is a dead letter.</param>
public readonly record struct IntakeReport(long Enqueued, long Outdated, long Forgotten, long Ignored, long Dead);
