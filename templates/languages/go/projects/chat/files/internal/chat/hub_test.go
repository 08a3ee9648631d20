package chat

import "testing"

func TestWhoJoinsWhileTheServerStopsIsSentNothing(t *testing.T) {
	hub := NewHub(nil)
	member, err := hub.Reserve(1, "Ada", func() { t.Error("dropped") })
	if err != nil {
		t.Fatal(err)
	}
	hub.Close()
	hub.Join(member)
	hub.Refuse(member, "too late")
	if event, more := <-member.Events; more {
		t.Errorf("sent %s", event)
	}
	hub.Release(member)
}
