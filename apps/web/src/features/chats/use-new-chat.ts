import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { useServices } from '../../app/services-context.ts';
import { useSidebar } from '../../app/sidebar-context.ts';

/** Opens an empty chat; nothing is created before its first message. */
export function useNewChat(): () => void {
  const navigate = useNavigate();
  const { conversations } = useServices();
  const { closeDrawer } = useSidebar();
  return useCallback(() => {
    conversations.startNew();
    closeDrawer();
    void navigate('/');
    document.getElementById('composer')?.focus();
  }, [conversations, navigate, closeDrawer]);
}
