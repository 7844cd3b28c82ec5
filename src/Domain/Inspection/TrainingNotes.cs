namespace Chitti.Domain;

/// <summary>What little knowledge of a training leaves open.</summary>
public static class TrainingNotes
{
    /// <summary>In words; null if nothing is to be said.</summary>
    public static string? Of(TrainingKnowledge? knowledge) => knowledge switch
    {
        TrainingKnowledge.None => "no gate checks whether the picture looks like what the model was trained on, so a picture of something else may pass; "
            + "chitti model calibrate makes the gate",
        TrainingKnowledge.Picture => "the gate that checks whether the picture looks like what the model was trained on is weak: it compares grey levels, edges "
            + "and plain areas, not what the model sees",
        _ => null,
    };
}
